/** What an array as a whole may have to satisfy, beside its elements one by one. */
import { insideOf } from "./check.ts";
import { identityOf } from "./equality.ts";
import { type Visit, MISMATCH } from "./visit.ts";
import type { Shape } from "./shape.ts";

/** Rules about all elements together; the keywords of JSON Schema. */
export interface ArrayRules {
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  /** What at least `minContains` (default 1) and at most `maxContains` elements match. */
  readonly contains?: Shape;
  readonly minContains?: number;
  readonly maxContains?: number;
}

/** Says whether an array breaks one of its rules. */
export type ArrayRule = (elements: readonly unknown[], visit: Visit) => typeof MISMATCH | undefined;

/** The rules that are there, in the order in which they are looked at: cheap ones first. */
export function arrayRulesOf(rules: ArrayRules): ArrayRule[] {
  const { minItems, maxItems, uniqueItems, contains } = rules;
  return [
    ...(minItems === undefined ? [] : [atLeast(minItems)]),
    ...(maxItems === undefined ? [] : [atMost(maxItems)]),
    ...(contains === undefined ? [] : [containing(contains, rules)]),
    ...(uniqueItems === true ? [unique] : []),
  ];
}

function atLeast(count: number): ArrayRule {
  return (elements, visit) =>
    elements.length >= count ? undefined : visit.fail(`has fewer items than ${count}`);
}

function atMost(count: number): ArrayRule {
  return (elements, visit) =>
    elements.length <= count ? undefined : visit.fail(`has more items than ${count}`);
}

function containing(
  shape: Shape,
  { minContains = 1, maxContains = Infinity }: ArrayRules,
): ArrayRule {
  const { check } = insideOf(shape);
  return (elements, visit) => {
    visit.fragile = true;
    let count = 0;
    for (const element of elements) {
      if (visit.attempt(check, element, true) !== MISMATCH) count += 1;
    }
    if (count < minContains) return visit.fail(`contains fewer such items than ${minContains}`);
    if (count > maxContains) return visit.fail(`contains more such items than ${maxContains}`);
    return undefined;
  };
}

function unique(elements: readonly unknown[], visit: Visit): typeof MISMATCH | undefined {
  visit.fragile = true;
  const places = new Map<string, number>();
  for (const [index, element] of elements.entries()) {
    const identity = identityOf(element, visit);
    if (identity === MISMATCH) return visit.under(index);
    const place = places.get(identity);
    if (place !== undefined) return visit.failAt(index, `is the same as item ${place}`);
    places.set(identity, index);
  }
  return undefined;
}
