/**
 * Shapes of objects whose properties are looked at by a function of their own, for servers.
 *
 * Such a function names its properties, so the engine knows where they are. One that is shared by all objects looks
 * each of them up: that takes several times as long.
 */
import { type Combinators, combinators } from "./combinator.ts";
import { functionOf, mayCompile, quoted } from "./function-of-text.ts";
import { type DeclaredObjectRules, type Look, object, objectLookedAt } from "./object-shape.ts";
import { type Properties, propertiesOf, type Property } from "./property.ts";
import type { Shape } from "./shape.ts";
import { MISMATCH } from "./visit.ts";

/** What shapes are made with where functions may be made of text; else closures. */
export function compiledCombinators(): Combinators {
  return mayCompile() ? { ...combinators, object: compiledObject } : combinators;
}

/** As `object` makes it. */
function compiledObject<T>(properties: Properties, rules: DeclaredObjectRules = {}): Shape<T> {
  const declared = propertiesOf(properties);
  const isOpen = rules.patternProperties !== undefined || rules.additionalProperties !== undefined;
  return isOpen ? object(properties, rules) : objectLookedAt(declared, rules, lookAt(declared));
}

function lookAt(properties: readonly Property[]): Look {
  const checks = properties.map(({ shape }) => shape.check);
  const make = functionOf("MISMATCH", "checks", textOf(properties));
  return make(MISMATCH, checks) as Look; // that is what the text says
}

function textOf(properties: readonly Property[]): string {
  const all = properties.map(({ name }, index) => ({ name: quoted(name), value: `value${index}` }));
  const whole = all.map(({ name, value }) => `${name}: ${value}`);
  return [
    '"use strict";',
    `const [${properties.map((_, index) => `check${index}`).join(", ")}] = checks;`,
    "return (members, visit, raw) => {",
    "let isWhole = true;",
    ...properties.map(propertyText),
    `if (isWhole) return { ${whole.join(", ")} };`,
    "const kept = {};",
    ...all.map(({ name, value }) => `if (${value} !== undefined) kept[${name}] = ${value};`),
    "return kept;",
    "};",
  ].join("\n");
}

function propertyText({ name, isRequired }: Property, index: number): string {
  const [text, value] = [quoted(name), `value${index}`];
  return `let ${value} = members[${text}];
if (${value} !== undefined && Object.hasOwn(members, ${text})) {
  ${value} = check${index}(${value}, visit, raw);
  if (${value} === MISMATCH) return visit.under(${text});
} else ${isRequired ? `return visit.failAt(${text}, "is missing");` : `{ ${value} = undefined; isWhole = false; }`}`;
}
