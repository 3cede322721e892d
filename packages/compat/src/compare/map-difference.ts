/** Differences in properties that have no names of their own: patterns, the rest, and rules about names. */
import { accepted, refused } from "../include/literal.ts";
import type { SchemaNode } from "../normal/node.ts";
import { textOf } from "../normal/value.ts";
import type { Side } from "./difference.ts";
import type { Differ } from "./differ.ts";
import { pathOf, type Place, type Step } from "./place.ts";
import { namesOf, patternsOf, restOf, together, type Variant } from "./shape.ts";

/** Notes what became of maps, and of objects that were opened or closed. */
export function mapDifferences(differ: Differ, before: Variant, after: Variant, place: Place): void {
  rest(differ, before, after, place);
  patterns(differ, before, after, place);
  names(differ, before, after, place);
}

function rest(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const [left, right] = [restOf(before), restOf(after)];
  if (left === undefined && right === undefined) return;
  const isClosed = { before: left?.raw === false, after: right?.raw === false };
  const step: Step = {
    into: "rest",
    names: [...new Set([...namesOf(before), ...namesOf(after)])],
    patterns: [...new Set([...patternsOf(before).keys(), ...patternsOf(after).keys()])],
  };
  const inside = [...place, step];
  if (isClosed.before !== isClosed.after) {
    differ.note({
      rule: isClosed.after ? "object-closed" : "object-opened",
      place: inside,
      demand: { ...(left && { before: left }), ...(right && { after: right }) },
    });
    return;
  }
  const anything = (variant: Variant): SchemaNode => variant.node.document.make("true", true);
  differ.walk(left ?? anything(before), right ?? anything(after), inside);
  if (left === undefined || right === undefined) lostRest(differ, before, after, inside);
}

/** A map whose other side keeps no names that it does not declare. */
function lostRest(differ: Differ, before: Variant, after: Variant, inside: Place): void {
  const keeps = (variant: Variant): boolean =>
    restOf(variant) !== undefined || patternsOf(variant).has("^.*$") || !variant.objects.some((facts) => facts.declares);
  const sides: Side[] = [];
  if (restOf(before) !== undefined && !keeps(after)) sides.push("before");
  if (restOf(after) !== undefined && !keeps(before)) sides.push("after");
  if (sides.length === 0) return;
  const lost = { sides, path: pathOf(inside), counts: "everywhere" } as const;
  differ.note({ rule: "map-reshaped", place: inside, demand: {}, lost });
}

function patterns(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const [left, right] = [patternsOf(before), patternsOf(after)];
  for (const [pattern, node] of left) {
    const other = right.get(pattern);
    if (other !== undefined) differ.walk(node, other, [...place, { into: "pattern", pattern }]);
  }
  const removed = [...left].filter(([pattern]) => !right.has(pattern));
  const added = [...right].filter(([pattern]) => !left.has(pattern));
  const [gone] = removed;
  const [come] = added;
  if (gone !== undefined && come !== undefined && removed.length === 1 && added.length === 1) {
    changedKeys(differ, { before: gone, after: come }, { before, after }, place);
    return;
  }
  for (const [owner, list] of [["before", removed], ["after", added]] as const) {
    const [has, lacks] = owner === "before" ? [before, after] : [after, before];
    for (const [pattern, node] of list) {
      const isLost = restOf(lacks) === undefined && lacks.objects.some((facts) => facts.declares);
      const inside: Place = [...place, { into: "pattern", pattern }];
      const own = differ.demand(has.node.document, { patternProperties: Object.fromEntries([[pattern, node.raw]]) }, node);
      differ.note({
        rule: "map-reshaped",
        place: inside,
        demand: owner === "before" ? { before: own } : { after: own },
        ...(isLost && { lost: { sides: [owner], path: pathOf(inside), counts: "everywhere" } }),
      });
    }
  }
}

type Entry = readonly [pattern: string, node: SchemaNode];

function changedKeys(
  differ: Differ,
  entries: { readonly before: Entry; readonly after: Entry },
  variants: { readonly before: Variant; readonly after: Variant },
  place: Place,
): void {
  const { search } = differ;
  const key = (pattern: string): SchemaNode => search.made(`key:${pattern}`, { type: "string", pattern });
  const [was, is] = [key(entries.before[0]), key(entries.after[0])];
  const isWider = search.find(accepted(was), refused(is)).found === "nothing";
  const isNarrower = search.find(accepted(is), refused(was)).found === "nothing";
  const inside: Place = [...place, { into: "pattern", pattern: entries.before[0] }];
  const demand = (side: Side): SchemaNode => {
    const [pattern, node] = entries[side];
    return differ.demand(variants[side].node.document, { patternProperties: Object.fromEntries([[pattern, node.raw]]) }, node);
  };
  const sides: Side[] = [...(isWider ? [] : ["before" as const]), ...(isNarrower ? [] : ["after" as const])];
  differ.note({
    rule: isWider ? "key-pattern-widened" : "key-pattern-narrowed",
    place,
    facts: { before: entries.before[0], after: entries.after[0] },
    demand: { before: demand("before"), after: demand("after") },
    ...(sides.length > 0 && { lost: { sides, path: pathOf(inside), counts: "everywhere" } }),
  });
  differ.walk(entries.before[1], entries.after[1], inside);
}

function names(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const namesNode = (variant: Variant) => together(variant.objects.flatMap((facts) => facts.names ?? []));
  const [left, right] = [namesNode(before), namesNode(after)];
  if (left === undefined && right === undefined) return;
  if (left && right && differ.search.same.holds(left, right)) return;
  const demand = (node: SchemaNode | undefined) =>
    node && differ.demand(node.document, { propertyNames: node.raw }, node);
  const [was, is] = [demand(left), demand(right)];
  const { search } = differ;
  const isWider = right === undefined || (left && search.find(accepted(left), refused(right)).found === "nothing") === true;
  differ.note({
    rule: isWider ? "key-pattern-widened" : "key-pattern-narrowed",
    place,
    facts: { before: textOf(left?.raw ?? true), after: textOf(right?.raw ?? true) },
    demand: { ...(was && { before: was }), ...(is && { after: is }) },
  });
}
