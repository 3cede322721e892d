/** Differences in what arrays are allowed. */
import type { Contains } from "../normal/facts.ts";
import { textOf } from "../normal/value.ts";
import { boundDifference } from "./bound-difference.ts";
import type { Differ } from "./differ.ts";
import type { Place } from "./place.ts";
import { elementNode, prefixOf, together, type Variant } from "./shape.ts";

/** Notes changed elements, lengths, uniqueness and contents. */
export function arrayDifferences(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const prefix = { before: prefixOf(before), after: prefixOf(after) };
  const demand = { before: before.node, after: after.node };
  const isTuple = { before: prefix.before > 0, after: prefix.after > 0 };
  if (isTuple.before !== isTuple.after) {
    differ.note({ rule: isTuple.before ? "tuple-to-array" : "array-to-tuple", place, demand });
    return;
  }
  if (prefix.before < prefix.after) {
    differ.note({ rule: "tuple-element-added", place, facts: { name: String(prefix.before) }, demand });
  } else if (prefix.before > prefix.after) {
    differ.note({ rule: "tuple-element-removed", place, facts: { name: String(prefix.after) }, demand });
  } else lengths(differ, before, after, place);
  const shared = Math.min(prefix.before, prefix.after);
  for (let index = 0; index < shared; index += 1) {
    pair(differ, before, after, index, [...place, { into: "element", index }]);
  }
  const from = Math.max(prefix.before, prefix.after);
  if (prefix.before === prefix.after) pair(differ, before, after, from, [...place, { into: "elements", from }]);
  const unique = (variant: Variant): boolean => variant.arrays.some((facts) => facts.unique);
  if (unique(before) !== unique(after)) {
    const only = (variant: Variant) => differ.demand(variant.node.document, { uniqueItems: true });
    differ.note({
      rule: unique(after) ? "uniqueness-required" : "uniqueness-dropped",
      place,
      demand: unique(after) ? { after: only(after) } : { before: only(before) },
    });
  }
  contains(differ, before, after, place);
}

function lengths(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const documents = { before: before.node.document, after: after.node.document };
  const min = ({ arrays }: Variant) => {
    const at = Math.max(0, ...arrays.map((facts) => facts.min));
    return at > 0 ? { at } : undefined;
  };
  const max = ({ arrays }: Variant) => {
    const at = Math.min(Infinity, ...arrays.map((facts) => facts.max));
    return at < Infinity ? { at } : undefined;
  };
  boundDifference(differ, { keyword: "minItems", isLower: true }, { before: min(before), after: min(after) }, documents, place);
  boundDifference(differ, { keyword: "maxItems", isLower: false }, { before: max(before), after: max(after) }, documents, place);
}

function pair(differ: Differ, before: Variant, after: Variant, index: number, place: Place): void {
  const [left, right] = [elementNode(before, index), elementNode(after, index)];
  if (left === undefined && right === undefined) return;
  const anything = (variant: Variant) => variant.node.document.make("true", true);
  differ.walk(left ?? anything(before), right ?? anything(after), place);
}

function contains(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const side = (variant: Variant) => {
    const demands = variant.arrays.flatMap((facts) => (facts.contains ? [facts.contains] : []));
    const write = ({ node, min, max }: Contains) => ({
      contains: node.raw,
      minContains: min,
      ...(max < Infinity && { maxContains: max }),
    });
    const raw = demands.map(write);
    const node = together(demands.map((each) => differ.demand(variant.node.document, write(each), each.node)));
    const min = demands.reduce((sum, demand) => sum + demand.min, 0);
    const max = Math.min(Infinity, ...demands.map((demand) => demand.max));
    return { text: textOf(raw), min, max, node };
  };
  const [left, right] = [side(before), side(after)];
  if (left.text === right.text) return;
  const isTightened = right.min > left.min || right.max < left.max || (left.min === right.min && left.max === right.max);
  differ.note({
    rule: isTightened ? "contains-tightened" : "contains-relaxed",
    place,
    demand: { ...(left.node && { before: left.node }), ...(right.node && { after: right.node }) },
  });
}
