/** Differences in properties that have no names of their own: patterns, the rest, and rules about names. */
import { everyName } from "../include/declaration.ts";
import { emitted, refused } from "../include/literal.ts";
import type { Side } from "./difference.ts";
import type { Differ } from "./differ.ts";
import { changedKeys, escapes, nameDifferences } from "./key-difference.ts";
import { type Place, type Step } from "./place.ts";
import { anyNode, keepsOthers, namesOf, patternsOf, restOf, type Variant } from "./shape.ts";

/** Notes what became of maps, and of objects that were opened or closed. */
export function mapDifferences(
  differ: Differ,
  before: Variant,
  after: Variant,
  place: Place,
): void {
  rest(differ, before, after, place);
  patternDifferences(differ, before, after, place);
  nameDifferences(differ, before, after, place);
}

function rest(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const [left, right] = [restOf(before), restOf(after)];
  const step: Step = {
    into: "rest",
    names: [...new Set([...namesOf(before), ...namesOf(after)])],
    patterns: [...new Set([...patternsOf(before).keys(), ...patternsOf(after).keys()])],
  };
  const inside = [...place, step];
  lostRest(differ, before, after, inside);
  if (left === undefined && right === undefined) return;
  const isClosed = { before: left?.raw === false, after: right?.raw === false };
  if (isClosed.before !== isClosed.after) {
    differ.note({
      rule: isClosed.after ? "object-closed" : "object-opened",
      place: inside,
      demand: { ...(left && { before: left }), ...(right && { after: right }) },
    });
    return;
  }
  differ.walk(left ?? anyNode(before), right ?? anyNode(after), inside);
}

/** A side that sends names of its own choice, where the other side keeps only those that it declares. */
function lostRest(differ: Differ, before: Variant, after: Variant, inside: Place): void {
  const isSent = (from: Variant): boolean => keepsOthers(from) && sendsMore(differ, from, inside);
  const sides: Side[] = [];
  if (!keepsAny(after) && isSent(before)) sides.push("before");
  if (!keepsAny(before) && isSent(after)) sides.push("after");
  if (sides.length === 0) return;
  const lost = { sides, counts: "everywhere" } as const;
  differ.note({ rule: "map-reshaped", place: inside, demand: {}, lost });
}

function keepsAny(variant: Variant): boolean {
  return keepsOthers(variant) || patternsOf(variant).has(everyName);
}

/** Whether an object can have names that neither side mentions. */
function sendsMore(differ: Differ, from: Variant, inside: Place): boolean {
  const step = inside.at(-1);
  if (step?.into !== "rest") return false;
  const mentioned = {
    properties: Object.fromEntries(step.names.map((name) => [name, true])),
    patternProperties: Object.fromEntries(step.patterns.map((pattern) => [pattern, true])),
    additionalProperties: false,
  };
  const only = differ.search.made(`mentioned:${JSON.stringify(mentioned)}`, mentioned);
  return differ.search.find(emitted(from.node), refused(only)).found !== "nothing";
}

function patternDifferences(differ: Differ, before: Variant, after: Variant, place: Place): void {
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
  for (const [owner, list] of [
    ["before", removed],
    ["after", added],
  ] as const) {
    const [has, lacks] = owner === "before" ? [before, after] : [after, before];
    for (const [pattern, node] of list) {
      const isLost = !keepsOthers(lacks) && escapes(differ, pattern, lacks);
      const inside: Place = [...place, { into: "pattern", pattern }];
      const own = differ.demand(
        has.node.document,
        { patternProperties: Object.fromEntries([[pattern, node.raw]]) },
        node,
      );
      differ.note({
        rule: "map-reshaped",
        place: inside,
        demand: owner === "before" ? { before: own } : { after: own },
        ...(isLost && { lost: { sides: [owner], counts: "everywhere" } }),
      });
    }
  }
}
