/** Differences in what texts are allowed. */
import { boundDifference } from "./bound-difference.ts";
import type { Differ } from "./differ.ts";
import type { Place } from "./place.ts";
import type { Variant } from "./shape.ts";

/** Notes changed lengths, patterns and formats. */
export function stringDifferences(
  differ: Differ,
  before: Variant,
  after: Variant,
  place: Place,
): void {
  const documents = { before: before.node.document, after: after.node.document };
  const [left, right] = [before.strings, after.strings];
  const min = (facts: typeof left) => positive(Math.max(0, ...facts.map((each) => each.min)));
  const max = (facts: typeof left) => finite(Math.min(Infinity, ...facts.map((each) => each.max)));
  boundDifference(
    differ,
    { keyword: "minLength", isLower: true },
    { before: min(left), after: min(right) },
    documents,
    place,
  );
  boundDifference(
    differ,
    { keyword: "maxLength", isLower: false },
    { before: max(left), after: max(right) },
    documents,
    place,
  );
  for (const keyword of ["pattern", "format"] as const) {
    const list = keyword === "pattern" ? "patterns" : "formats";
    const had = new Set(left.flatMap((facts) => facts[list]));
    const has = new Set(right.flatMap((facts) => facts[list]));
    const removed = [...had].filter((text) => !has.has(text));
    const added = [...has].filter((text) => !had.has(text));
    if (removed.length + added.length === 0) continue;
    const rule = removed.length === 0 ? "added" : added.length === 0 ? "removed" : "changed";
    const demand = {
      ...(removed.length > 0 && {
        before: differ.demand(documents.before, allOf(keyword, removed)),
      }),
      ...(added.length > 0 && { after: differ.demand(documents.after, allOf(keyword, added)) }),
    };
    const facts = { before: quoted(removed), after: quoted(added) };
    differ.note({ rule: `${keyword}-${rule}`, place, facts, demand });
  }
}

function positive(at: number): { at: number } | undefined {
  return at > 0 ? { at } : undefined;
}

function finite(at: number): { at: number } | undefined {
  return at < Infinity ? { at } : undefined;
}

function allOf(keyword: string, texts: readonly string[]): unknown {
  return { allOf: texts.map((text) => ({ [keyword]: text })) };
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join(" and ");
}
