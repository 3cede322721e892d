/** What an array as a whole may have to satisfy, beside its elements one by one. */
import { insideOf } from "./check.ts";
import { identityOf } from "./equality.ts";
import { type Fault, MISMATCH } from "./fault.ts";
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
export type ArrayRule = (elements: readonly unknown[], fault: Fault) => typeof MISMATCH | undefined;

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
  return (elements, fault) =>
    elements.length >= count ? undefined : fault.fail(`has fewer than ${count} items`);
}

function atMost(count: number): ArrayRule {
  return (elements, fault) =>
    elements.length <= count ? undefined : fault.fail(`has more than ${count} items`);
}

function containing(
  shape: Shape,
  { minContains = 1, maxContains = Infinity }: ArrayRules,
): ArrayRule {
  const { check } = insideOf(shape);
  return (elements, fault) => {
    fault.fragile = true;
    let count = 0;
    for (const element of elements) {
      if (fault.attempt(check, element, true) !== MISMATCH) count += 1;
    }
    if (count < minContains)
      return fault.fail(`contains only ${count} of ${minContains} required items`);
    if (count > maxContains)
      return fault.fail(`contains ${count} of at most ${maxContains} such items`);
    return undefined;
  };
}

function unique(elements: readonly unknown[], fault: Fault): typeof MISMATCH | undefined {
  fault.fragile = true;
  const places = new Map<string, number>();
  for (const [index, element] of elements.entries()) {
    const identity = identityOf(element, fault);
    if (identity === MISMATCH) return fault.under(index);
    const place = places.get(identity);
    if (place !== undefined) return fault.failAt(index, `is the same as item ${place}`);
    places.set(identity, index);
  }
  return undefined;
}
