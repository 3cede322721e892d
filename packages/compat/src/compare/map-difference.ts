/** Differences in properties that have no names of their own: patterns, the rest, and rules about names. */
import { accepted, emitted, refused } from "../include/literal.ts";
import type { SchemaNode } from "../normal/node.ts";
import { textOf } from "../normal/value.ts";
import type { Side } from "./difference.ts";
import type { Differ } from "./differ.ts";
import { pathOf, type Place, type Step } from "./place.ts";
import { keepsOthers, namesOf, patternsOf, restOf, together, type Variant } from "./shape.ts";

/** How TypeBox writes a record with any name. It leaves out names with a line break, which nobody means. */
const everyName = "^.*$";

/** Notes what became of maps, and of objects that were opened or closed. */
export function mapDifferences(differ: Differ, before: Variant, after: Variant, place: Place): void {
  rest(differ, before, after, place);
  patterns(differ, before, after, place);
  names(differ, before, after, place);
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
  const anything = (variant: Variant): SchemaNode => variant.node.document.make("true", true);
  differ.walk(left ?? anything(before), right ?? anything(after), inside);
}

/** A side that sends names of its own choice, where the other side keeps only those that it declares. */
function lostRest(differ: Differ, before: Variant, after: Variant, inside: Place): void {
  const keeps = (variant: Variant): boolean => keepsOthers(variant) || patternsOf(variant).has(everyName);
  const isSent = (from: Variant): boolean => keepsOthers(from) && sendsMore(differ, from, inside);
  const sides: Side[] = [];
  if (!keeps(after) && isSent(before)) sides.push("before");
  if (!keeps(before) && isSent(after)) sides.push("after");
  if (sides.length === 0) return;
  const lost = { sides, path: pathOf(inside), counts: "everywhere" } as const;
  differ.note({ rule: "map-reshaped", place: inside, demand: {}, lost });
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
      const isLost = !keepsOthers(lacks) && escapes(differ, pattern, lacks);
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

/** Whether a pattern matches names that the other side does not declare. */
function escapes(differ: Differ, pattern: string, other: Variant): boolean {
  const { search } = differ;
  const patterns = [...patternsOf(other).keys()];
  if (patterns.includes(everyName)) return false;
  const names = [...namesOf(other)];
  const outcome = search.find(
    accepted(search.made(`key:${pattern}`, { type: "string", pattern })),
    refused(search.made(`known:${JSON.stringify(names)}`, { enum: names })),
    ...patterns.map((known) => refused(search.made(`key:${known}`, { type: "string", pattern: known }))),
  );
  return outcome.found !== "nothing";
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
  const isWider = entries.after[0] === everyName || search.find(accepted(was), refused(is)).found === "nothing";
  const isNarrower = entries.before[0] === everyName || search.find(accepted(is), refused(was)).found === "nothing";
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
