/** Differences in what objects are allowed: their fixed properties. */
import { atLeast, atMost, type Bound, boundDifference } from "./bound-difference.ts";
import type { Differ } from "./differ.ts";
import { mapDifferences } from "./map-difference.ts";
import type { Place } from "./place.ts";
import { movedProperties, renamedProperties } from "./moved-property.ts";
import { absentProperty, changedProperty } from "./property-difference.ts";
import { declares, namesOf, type Variant } from "./shape.ts";

/** Notes added, removed, renamed and changed properties, and changed counts. */
export function objectDifferences(
  differ: Differ,
  before: Variant,
  after: Variant,
  place: Place,
): void {
  const [had, has] = [namesOf(before), namesOf(after)];
  const removed = [...had].filter((name) => !hasName(after, name));
  const added = [...has].filter((name) => !hasName(before, name));
  const moved = movedProperties(differ, { before, after }, { removed, added }, place);
  const renamed = renamedProperties(differ, { before, after }, { removed, added }, place);
  const explained = new Set([...moved, ...renamed]);
  for (const name of removed) {
    if (!explained.has(`before:${name}`))
      absentProperty(differ, { before, after }, "before", name, place);
  }
  for (const name of added) {
    if (!explained.has(`after:${name}`))
      absentProperty(differ, { before, after }, "after", name, place);
  }
  for (const name of new Set([...had, ...has])) {
    if (hasName(before, name) && hasName(after, name))
      changedProperty(differ, { before, after }, name, place);
  }
  counts(differ, before, after, place);
  mapDifferences(differ, before, after, place);
}

function hasName(variant: Variant, name: string): boolean {
  return namesOf(variant).has(name) || declares(variant, name);
}

function counts(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const documents = { before: before.node.document, after: after.node.document };
  const rules = { narrowed: "property-count-narrowed", widened: "property-count-widened" } as const;
  const min = { before: leastCount(before), after: leastCount(after) };
  const max = { before: greatestCount(before), after: greatestCount(after) };
  boundDifference(
    differ,
    { keyword: "minProperties", isLower: true, rules },
    min,
    documents,
    place,
  );
  boundDifference(
    differ,
    { keyword: "maxProperties", isLower: false, rules },
    max,
    documents,
    place,
  );
}

function leastCount({ objects }: Variant): Bound | undefined {
  return atLeast(objects.map(({ min }) => min));
}

function greatestCount({ objects }: Variant): Bound | undefined {
  return atMost(objects.map(({ max }) => max));
}
