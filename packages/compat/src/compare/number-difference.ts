/** Differences in what numbers are allowed. */
import type { NumberFacts } from "../normal/facts.ts";
import {
  commonMultiple,
  compareRatios,
  isMultiple,
  numberOf,
  type Ratio,
  ratioOf,
} from "../normal/ratio.ts";
import { type Bound, boundDifference } from "./bound-difference.ts";
import type { Differ } from "./differ.ts";
import type { Place } from "./place.ts";
import type { Variant } from "./shape.ts";

const one = ratioOf(1);

/** Notes changed bounds and steps. */
export function numberDifferences(
  differ: Differ,
  before: Variant,
  after: Variant,
  place: Place,
): void {
  const documents = { before: before.node.document, after: after.node.document };
  const [left, right] = [before.numbers, after.numbers];
  boundDifference(
    differ,
    { keyword: "minimum", exclusive: "exclusiveMinimum", isLower: true },
    { before: tightest(left, "min", 1), after: tightest(right, "min", 1) },
    documents,
    place,
  );
  boundDifference(
    differ,
    { keyword: "maximum", exclusive: "exclusiveMaximum", isLower: false },
    { before: tightest(left, "max", -1), after: tightest(right, "max", -1) },
    documents,
    place,
  );
  const steps = { before: stepOf(left), after: stepOf(right) };
  if (sameStep(steps.before, steps.after)) return;
  const demand = {
    ...(steps.before && { before: differ.demand(documents.before, write(steps.before)) }),
    ...(steps.after && { after: differ.demand(documents.after, write(steps.after)) }),
  };
  const facts = { before: named(steps.before), after: named(steps.after) };
  differ.note({ rule: stepRule(steps.before, steps.after), place, facts, demand });
}

function write(step: Ratio): unknown {
  return { multipleOf: numberOf(step) };
}

function named(step: Ratio | undefined): string {
  return step === undefined ? "any" : String(numberOf(step));
}

function stepRule(
  before: Ratio | undefined,
  after: Ratio | undefined,
): "integer-to-number" | "number-to-integer" | "multiple-tightened" | "multiple-relaxed" {
  if (before === undefined)
    return after && sameStep(after, one) ? "number-to-integer" : "multiple-tightened";
  if (after === undefined) return sameStep(before, one) ? "integer-to-number" : "multiple-relaxed";
  return isMultiple(after, before) ? "multiple-tightened" : "multiple-relaxed";
}

function stepOf(facts: readonly NumberFacts[]): Ratio | undefined {
  const steps = facts.flatMap((each) => each.steps);
  return steps.length === 0 ? undefined : steps.reduce(commonMultiple);
}

function sameStep(left: Ratio | undefined, right: Ratio | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return compareRatios(left, right) === 0;
}

function tightest(
  facts: readonly NumberFacts[],
  end: "min" | "max",
  sign: 1 | -1,
): Bound | undefined {
  let bound: { at: Ratio; isExclusive: boolean } | undefined;
  for (const each of facts) {
    const at = each[end];
    if (at === undefined) continue;
    const isExclusive = end === "min" ? each.minExclusive : each.maxExclusive;
    const order = bound === undefined ? 1 : compareRatios(at, bound.at) * sign;
    if (order > 0) bound = { at, isExclusive };
    else if (order === 0 && bound !== undefined)
      bound = { at, isExclusive: bound.isExclusive || isExclusive };
  }
  return bound && { at: numberOf(bound.at), isExclusive: bound.isExclusive };
}
