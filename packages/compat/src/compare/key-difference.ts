/** Differences in which names a map may have. */
import { everyName } from "../include/declaration.ts";
import { accepted, refused } from "../include/literal.ts";
import type { SchemaNode } from "../normal/node.ts";
import { textOf } from "../normal/value.ts";
import type { Side } from "./difference.ts";
import type { Differ } from "./differ.ts";
import type { Place } from "./place.ts";
import { namesOf, patternsOf, together, type Variant } from "./shape.ts";

/** Whether a pattern matches names that the other side does not declare. */
export function escapes(differ: Differ, pattern: string, other: Variant): boolean {
  const { search } = differ;
  const known = [...patternsOf(other).keys()];
  if (known.includes(everyName)) return false;
  const names = [...namesOf(other)];
  const outcome = search.find(
    accepted(keyNode(differ, pattern)),
    refused(search.made(`known:${JSON.stringify(names)}`, { enum: names })),
    ...known.map((text) => refused(keyNode(differ, text))),
  );
  return outcome.found !== "nothing";
}

/** A pattern of names, and the schema of their values. */
export type Entry = readonly [pattern: string, node: SchemaNode];

/** Notes that one pattern of names took the place of another. */
export function changedKeys(
  differ: Differ,
  entries: { readonly before: Entry; readonly after: Entry },
  variants: { readonly before: Variant; readonly after: Variant },
  place: Place,
): void {
  const { search } = differ;
  const [was, is] = [keyNode(differ, entries.before[0]), keyNode(differ, entries.after[0])];
  const isWider =
    entries.after[0] === everyName || search.find(accepted(was), refused(is)).found === "nothing";
  const isNarrower =
    entries.before[0] === everyName || search.find(accepted(is), refused(was)).found === "nothing";
  const inside: Place = [...place, { into: "pattern", pattern: entries.before[0] }];
  const demand = (side: Side): SchemaNode => {
    const [pattern, node] = entries[side];
    return differ.demand(
      variants[side].node.document,
      { patternProperties: Object.fromEntries([[pattern, node.raw]]) },
      node,
    );
  };
  const sides: Side[] = [
    ...(isWider ? [] : ["before" as const]),
    ...(isNarrower ? [] : ["after" as const]),
  ];
  differ.note({
    rule: isWider ? "key-pattern-widened" : "key-pattern-narrowed",
    place,
    facts: { before: entries.before[0], after: entries.after[0] },
    demand: { before: demand("before"), after: demand("after") },
    ...(sides.length > 0 && { lost: { sides, counts: "everywhere" } }),
  });
  differ.walk(entries.before[1], entries.after[1], inside);
}

function keyNode(differ: Differ, pattern: string): SchemaNode {
  return differ.search.made(`key:${pattern}`, { type: "string", pattern });
}

/** Notes changed rules about names. */
export function nameDifferences(
  differ: Differ,
  before: Variant,
  after: Variant,
  place: Place,
): void {
  const [left, right] = [namesNode(before), namesNode(after)];
  if (left === undefined && right === undefined) return;
  const { search } = differ;
  if (left && right && search.same.holds(left, right)) return;
  const isWider =
    right === undefined ||
    (left !== undefined && search.find(accepted(left), refused(right)).found === "nothing");
  differ.note({
    rule: isWider ? "key-pattern-widened" : "key-pattern-narrowed",
    place,
    facts: { before: textOf(left?.raw ?? true), after: textOf(right?.raw ?? true) },
    demand: {
      ...(left && { before: namesDemand(differ, left) }),
      ...(right && { after: namesDemand(differ, right) }),
    },
  });
}

function namesNode(variant: Variant): SchemaNode | undefined {
  return together(variant.objects.flatMap((facts) => facts.names ?? []));
}

function namesDemand(differ: Differ, names: SchemaNode): SchemaNode {
  return differ.demand(names.document, { propertyNames: names.raw }, names);
}
