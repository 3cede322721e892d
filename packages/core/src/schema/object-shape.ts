/** Shapes of objects with declared properties. */
import { every } from "./all-of-shape.ts";
import { CheckedShape, insideOf, type Tags, type Traits } from "./check.ts";
import { type Check, type Visit, MISMATCH } from "./visit.ts";
import { isPlainObject, type Kind } from "./kind.ts";
import { setProperty } from "../index-name.ts";
import { isMatch } from "./match.ts";
import { type ObjectRules, type Rule, rulesOf } from "./object-rules.ts";
import { type Properties, propertiesOf, type Property } from "./property.ts";
import type { Shape } from "./shape.ts";

/** What an object may hold beside its declared properties, and what it has to satisfy as a whole. */
export interface DeclaredObjectRules extends ObjectRules {
  /** The values of properties whose name matches a regular expression. They count as declared. Default: none. */
  readonly patternProperties?: { readonly [pattern: string]: Shape };
  /** The values of all other properties. Default: those are ignored and left out. */
  readonly additionalProperties?: Shape;
}

const kinds: ReadonlySet<Kind> = new Set(["object"]);

/**
 * A plain object with declared properties. Undeclared ones are left out.
 *
 * @throws TypeError when a property is called `__proto__`.
 * @throws SyntaxError when a pattern is no regular expression with the flag `u`.
 */
export function object<T>(properties: Properties, rules: DeclaredObjectRules = {}): Shape<T> {
  const declared = propertiesOf(properties);
  const isOpen = rules.patternProperties !== undefined || rules.additionalProperties !== undefined;
  const look = isOpen ? lookAtAll(declared, rules) : lookAtDeclared(declared);
  return new CheckedShape(insideOfObject(look, rulesOf(rules)), traitsOfObject(declared));
}

/** What is known of an object by its declared properties. */
export function traitsOfObject(declared: readonly Property[]): Traits {
  return { kinds: () => kinds, tags: () => tagsOf(declared) };
}

/** A plain object in which every property, whatever its name, matches one shape. */
export function record<T>(value: Shape, rules: ObjectRules = {}): Shape<T> {
  return object({}, { ...rules, additionalProperties: value });
}

/** Checks the properties of a plain object, and returns what is kept of them. */
type Look = (members: Record<string, unknown>, visit: Visit, raw: boolean) => unknown;

function insideOfObject(look: Look, rules: readonly Rule[]): Check {
  return (value, visit, raw) => {
    if (!isPlainObject(value)) return visit.fail("is not an object");
    if (!visit.enter(value)) return MISMATCH;
    const isBroken = rules.some((rule) => rule(value, visit) === MISMATCH);
    const result = isBroken ? MISMATCH : look(value, visit, raw);
    visit.leave();
    return result;
  };
}

function lookAtDeclared(properties: readonly Property[]): Look {
  const checked = properties.map(({ name, shape, isRequired }) => ({
    name,
    check: shape.check,
    isRequired,
  }));
  return (members, visit, raw) => keptOfDeclared(checked, members, visit, raw);
}

/** Declared properties in their order, then all others in the order of the value. */
function lookAtAll(properties: readonly Property[], rules: DeclaredObjectRules): Look {
  const checkOf = checksByName(properties, rules);
  const declared = new Set(properties.map(({ name }) => name));
  const checked = properties.map(({ name, shape, isRequired }) => ({
    name,
    check: checkOf(name) ?? shape.check,
    isRequired,
  }));
  return (members, visit, raw) => {
    const kept = keptOfDeclared(checked, members, visit, raw);
    if (kept === MISMATCH) return MISMATCH;
    for (const name of Object.keys(members)) {
      if (declared.has(name)) continue;
      const check = members[name] === undefined ? undefined : checkOf(name);
      if (check === undefined) continue;
      // Assigned, it would become the prototype of the result.
      if (name === "__proto__") return visit.failAt(name, "cannot be the name of a property");
      const member = check(members[name], visit, raw);
      if (member === MISMATCH) return visit.under(name);
      setProperty(kept, name, member);
    }
    return kept;
  };
}

interface CheckedProperty {
  readonly name: string;
  readonly check: Check;
  readonly isRequired: boolean;
}

function keptOfDeclared(
  properties: readonly CheckedProperty[],
  members: Record<string, unknown>,
  visit: Visit,
  raw: boolean,
): Record<string, unknown> | typeof MISMATCH {
  const kept: Record<string, unknown> = {};
  for (const { name, check, isRequired } of properties) {
    const given = members[name];
    if (given !== undefined && Object.hasOwn(members, name)) {
      const member = check(given, visit, raw);
      if (member === MISMATCH) return visit.under(name);
      kept[name] = member;
    } else if (isRequired) return visit.failAt(name, "is missing");
  }
  return kept;
}

/** Patterns that match one name are kept together, but not more combinations than an author thinks of: a peer finds the others. */
const mostTogether = 64;

/** What is to be checked of a property: all that declares it, else what is said about the others. */
function checksByName(
  properties: readonly Property[],
  rules: DeclaredObjectRules,
): (name: string) => Check | undefined {
  const declared = new Map(properties.map(({ name, shape }) => [name, shape.check]));
  const patterns = Object.entries(rules.patternProperties ?? {}).map(
    ([pattern, shape]) => [new RegExp(pattern, "u"), insideOf(shape).check] as const,
  );
  const others = rules.additionalProperties && insideOf(rules.additionalProperties).check;
  if (patterns.length === 0) return (name) => declared.get(name) ?? others;
  const known = new Map<string, Check>();
  return (name) => {
    const own = declared.get(name);
    const holds = patterns.map(([pattern]) => isMatch(pattern, name));
    const matching = patterns.flatMap(([, check], index) => (holds[index] === true ? [check] : []));
    const all = own === undefined ? matching : [own, ...matching];
    if (all.length < 2) return all[0] ?? others;
    if (own !== undefined) return every(all);
    // The same check for the next such name: one that is made anew remembers nothing, level by level.
    const which = holds.join();
    const together = known.get(which) ?? every(all);
    if (known.size < mostTogether) known.set(which, together);
    return together;
  };
}

function tagsOf(properties: readonly Property[]): Tags {
  const tags = new Map<string, ReadonlySet<unknown>>();
  for (const { name, shape, isRequired } of properties) {
    const values = isRequired ? shape.values : undefined;
    if (values !== undefined) tags.set(name, values);
  }
  return tags;
}
