/** Differences in what arrays are allowed. */
import type { Contains } from "../normal/facts.ts";
import { textOf } from "../normal/value.ts";
import { atLeast, atMost, type Bound, boundDifference } from "./bound-difference.ts";
import type { Differ } from "./differ.ts";
import type { Place } from "./place.ts";
import { anyNode, elementNode, prefixOf, together, type Variant } from "./shape.ts";

/** Notes changed elements, lengths, uniqueness and contents. */
export function arrayDifferences(
  differ: Differ,
  before: Variant,
  after: Variant,
  place: Place,
): void {
  const prefix = { before: prefixOf(before), after: prefixOf(after) };
  const demand = { before: before.node, after: after.node };
  const isTuple = { before: prefix.before > 0, after: prefix.after > 0 };
  if (isTuple.before !== isTuple.after) {
    differ.note({ rule: isTuple.before ? "tuple-to-array" : "array-to-tuple", place, demand });
    return;
  }
  if (prefix.before < prefix.after) {
    differ.note({
      rule: "tuple-element-added",
      place,
      facts: { name: String(prefix.before) },
      demand,
    });
  } else if (prefix.before > prefix.after) {
    differ.note({
      rule: "tuple-element-removed",
      place,
      facts: { name: String(prefix.after) },
      demand,
    });
  } else lengths(differ, before, after, place);
  const shared = Math.min(prefix.before, prefix.after);
  for (let index = 0; index < shared; index += 1) {
    pair(differ, before, after, index, [...place, { into: "element", index }]);
  }
  const from = Math.max(prefix.before, prefix.after);
  if (prefix.before === prefix.after)
    pair(differ, before, after, from, [...place, { into: "elements", from }]);
  if (isUnique(before) !== isUnique(after)) {
    const owner = isUnique(after) ? "after" : "before";
    const holder = owner === "after" ? after : before;
    differ.note({
      rule: owner === "after" ? "uniqueness-required" : "uniqueness-dropped",
      place,
      demand: { [owner]: differ.demand(holder.node.document, { uniqueItems: true }) },
    });
  }
  contains(differ, before, after, place);
}

function lengths(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const documents = { before: before.node.document, after: after.node.document };
  const min = { before: leastLength(before), after: leastLength(after) };
  const max = { before: greatestLength(before), after: greatestLength(after) };
  boundDifference(differ, { keyword: "minItems", isLower: true }, min, documents, place);
  boundDifference(differ, { keyword: "maxItems", isLower: false }, max, documents, place);
}

function leastLength({ arrays }: Variant): Bound | undefined {
  return atLeast(arrays.map(({ min }) => min));
}

function greatestLength({ arrays }: Variant): Bound | undefined {
  return atMost(arrays.map(({ max }) => max));
}

function isUnique({ arrays }: Variant): boolean {
  return arrays.some(({ unique }) => unique);
}

function pair(differ: Differ, before: Variant, after: Variant, index: number, place: Place): void {
  const [left, right] = [elementNode(before, index), elementNode(after, index)];
  if (left === undefined && right === undefined) return;
  differ.walk(left ?? anyNode(before), right ?? anyNode(after), place);
}

function contains(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const [left, right] = [contentsOf(differ, before), contentsOf(differ, after)];
  if (left.text === right.text) return;
  const isTightened =
    right.min > left.min ||
    right.max < left.max ||
    (left.min === right.min && left.max === right.max);
  differ.note({
    rule: isTightened ? "contains-tightened" : "contains-relaxed",
    place,
    demand: { ...(left.node && { before: left.node }), ...(right.node && { after: right.node }) },
  });
}

function contentsOf(differ: Differ, { arrays, node }: Variant) {
  const demands = arrays.flatMap((facts) => (facts.contains ? [facts.contains] : []));
  return {
    text: textOf(demands.map(written)),
    min: demands.reduce((sum, { min }) => sum + min, 0),
    max: Math.min(Infinity, ...demands.map(({ max }) => max)),
    node: together(demands.map((each) => differ.demand(node.document, written(each), each.node))),
  };
}

function written({ node, min, max }: Contains): object {
  return { contains: node.raw, minContains: min, ...(max < Infinity && { maxContains: max }) };
}
