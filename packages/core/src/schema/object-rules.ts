/** What an object as a whole may have to satisfy, beside its properties one by one. */
import { insideOf } from "./check.ts";
import { definedNames } from "./equality.ts";
import { type Visit, MISMATCH } from "./visit.ts";
import type { Shape } from "./shape.ts";

/** Rules about all properties of an object together; the keywords of JSON Schema. */
export interface ObjectRules {
  /** What every property's name must match. */
  readonly propertyNames?: Shape;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  /** Names, each with the names that must be there when it is. */
  readonly dependentRequired?: { readonly [name: string]: readonly string[] };
}

/** Says whether an object breaks one of its rules. */
export type Rule = (object: Record<string, unknown>, visit: Visit) => typeof MISMATCH | undefined;

/** The rules that are there, in the order in which they are looked at: cheap ones first. */
export function rulesOf(rules: ObjectRules): Rule[] {
  const { propertyNames, minProperties, maxProperties, dependentRequired } = rules;
  return [
    ...(minProperties === undefined ? [] : [atLeast(minProperties)]),
    ...(maxProperties === undefined ? [] : [atMost(maxProperties)]),
    ...(propertyNames === undefined ? [] : [named(propertyNames)]),
    ...Object.keys(dependentRequired ?? {})
      .toSorted()
      .map((name) => dependent(name, (dependentRequired?.[name] ?? []).toSorted())),
  ];
}

/** Whether a property is there. One that is `undefined` is not, and neither is one that every object has by birth. */
export function has(object: Record<string, unknown>, name: string): boolean {
  return Object.hasOwn(object, name) && object[name] !== undefined;
}

function atLeast(count: number): Rule {
  return (object, visit) => {
    // Properties that are left out later must not be what made up the number.
    visit.fragile = true;
    if (definedNames(object).length >= count) return undefined;
    return visit.fail(`has fewer properties than ${count}`);
  };
}

function atMost(count: number): Rule {
  return (object, visit) =>
    definedNames(object).length <= count
      ? undefined
      : visit.fail(`has more properties than ${count}`);
}

function named(shape: Shape): Rule {
  const { check } = insideOf(shape);
  return (object, visit) => {
    for (const name of definedNames(object)) {
      if (check(name, visit, true) !== MISMATCH) continue;
      return visit.failAt(name, `has a name that ${visit.reason}`);
    }
    return undefined;
  };
}

function dependent(name: string, needed: readonly string[]): Rule {
  return (object, visit) => {
    if (!has(object, name)) return undefined;
    const missing = needed.find((other) => !has(object, other));
    return missing === undefined ? undefined : visit.failAt(missing, `is missing beside ${name}`);
  };
}
