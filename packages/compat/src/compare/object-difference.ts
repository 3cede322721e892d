/** Differences in what objects are allowed: their fixed properties. */
import { boundDifference } from "./bound-difference.ts";
import type { Differ } from "./differ.ts";
import { mapDifferences } from "./map-difference.ts";
import type { Place } from "./place.ts";
import { movedProperties, renamedProperties } from "./moved-property.ts";
import { absentProperty, changedProperty } from "./property-difference.ts";
import { declares, namesOf, type Variant } from "./shape.ts";

/** Notes added, removed, renamed and changed properties, and changed counts. */
export function objectDifferences(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const [had, has] = [namesOf(before), namesOf(after)];
  const isIn = (variant: Variant, names: ReadonlySet<string>, name: string): boolean =>
    names.has(name) || declares(variant, name);
  const removed = [...had].filter((name) => !isIn(after, has, name));
  const added = [...has].filter((name) => !isIn(before, had, name));
  const moved = movedProperties(differ, { before, after }, { removed, added }, place);
  const renamed = renamedProperties(differ, { before, after }, { removed, added }, place);
  const explained = new Set([...moved, ...renamed]);
  for (const name of removed) {
    if (!explained.has(`before:${name}`)) absentProperty(differ, { before, after }, "before", name, place);
  }
  for (const name of added) {
    if (!explained.has(`after:${name}`)) absentProperty(differ, { before, after }, "after", name, place);
  }
  for (const name of new Set([...had, ...has])) {
    if (isIn(before, had, name) && isIn(after, has, name)) changedProperty(differ, { before, after }, name, place);
  }
  counts(differ, before, after, place);
  mapDifferences(differ, before, after, place);
}

function counts(differ: Differ, before: Variant, after: Variant, place: Place): void {
  const documents = { before: before.node.document, after: after.node.document };
  const rules = { narrowed: "property-count-narrowed", widened: "property-count-widened" } as const;
  const min = ({ objects }: Variant) => {
    const at = Math.max(0, ...objects.map((facts) => facts.min));
    return at > 0 ? { at } : undefined;
  };
  const max = ({ objects }: Variant) => {
    const at = Math.min(Infinity, ...objects.map((facts) => facts.max));
    return at < Infinity ? { at } : undefined;
  };
  const least = { keyword: "minProperties", isLower: true, rules };
  const greatest = { keyword: "maxProperties", isLower: false, rules };
  boundDifference(differ, least, { before: min(before), after: min(after) }, documents, place);
  boundDifference(differ, greatest, { before: max(before), after: max(after) }, documents, place);
}
