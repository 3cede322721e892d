/**
 * Shapes of objects as functions of their own, for servers.
 *
 * Such a function names its properties, so the engine knows where they are. One that is shared by all objects looks
 * each of them up: that takes several times as long.
 */
import { CheckedShape } from "./check.ts";
import { functionOf, quoted } from "./function-of-text.ts";
import { isPlainObject } from "./kind.ts";
import { type ObjectRules, rulesOf } from "./object-rules.ts";
import { type DeclaredObjectRules, object, traitsOfObject } from "./object-shape.ts";
import { type Properties, propertiesOf, type Property } from "./property.ts";
import type { Shape } from "./shape.ts";
import { type Check, MISMATCH } from "./visit.ts";

/** As `object` makes it. */
export function compiledObject<T>(
  properties: Properties,
  rules: DeclaredObjectRules = {},
): Shape<T> {
  const declared = propertiesOf(properties);
  const isOpen = rules.patternProperties !== undefined || rules.additionalProperties !== undefined;
  if (isOpen) return object(properties, rules);
  return new CheckedShape(checkOf(declared, rules), traitsOfObject(declared));
}

function checkOf(properties: readonly Property[], objectRules: ObjectRules): Check {
  const checks = properties.map(({ shape }) => shape.check);
  const rules = rulesOf(objectRules);
  const make = functionOf(
    "MISMATCH",
    "isPlainObject",
    "rules",
    "checks",
    textOf(properties, rules.length > 0),
  );
  return make(MISMATCH, isPlainObject, rules, checks) as Check; // that is what the text says
}

function textOf(properties: readonly Property[], hasRules: boolean): string {
  const all = properties.map(({ name }, index) => ({ name: quoted(name), value: `value${index}` }));
  const whole = all.map(({ name, value }) => `${name}: ${value}`);
  return [
    '"use strict";',
    `const [${properties.map((_, index) => `check${index}`).join(", ")}] = checks;`,
    "const born = Object.prototype;",
    "return (members, visit, raw) => {",
    'if (!isPlainObject(members)) return visit.fail("is not an object");',
    "if (!visit.enter(members)) return MISMATCH;",
    hasRules ? brokenRuleText : "",
    "let isWhole = true;",
    ...properties.map(propertyText),
    "visit.leave();",
    `if (isWhole) return { ${whole.join(", ")} };`,
    "const kept = {};",
    ...all.map(({ name, value }) => `if (${value} !== undefined) kept[${name}] = ${value};`),
    "return kept;",
    "};",
  ].join("\n");
}

const brokenRuleText =
  "for (const rule of rules) if (rule(members, visit) === MISMATCH) { visit.leave(); return MISMATCH; }";

function propertyText({ name, shape, isRequired }: Property, index: number): string {
  const [text, value] = [quoted(name), `value${index}`];
  const glance = shape.glance?.(value) ?? "false";
  // What no object has by birth is its own where it is there: that is seen sooner than asked.
  return `let ${value} = members[${text}];
if (${value} !== undefined && (born[${text}] === undefined || Object.hasOwn(members, ${text}))) {
if (!(${glance})) {
${value} = check${index}(${value}, visit, raw);
if (${value} === MISMATCH) { visit.leave(); return visit.under(${text}); }
}
} else ${isRequired ? `{ visit.leave(); return visit.failAt(${text}, "is missing"); }` : `{ ${value} = undefined; isWhole = false; }`}`;
}
