/** Walks two schemas side by side and notes where they say different things. */
import { accepted } from "../include/literal.ts";
import type { Search } from "../include/search.ts";
import { pairKey, type SchemaDocument, type SchemaNode } from "../normal/node.ts";
import type { Scalar } from "../normal/value.ts";
import { arrayDifferences } from "./array-difference.ts";
import { conditionDifferences } from "./condition-difference.ts";
import type { Difference, Pair, Surroundings } from "./difference.ts";
import { numberDifferences } from "./number-difference.ts";
import { objectDifferences } from "./object-difference.ts";
import { type Passage, PassageNotes } from "./passage.ts";
import type { Place } from "./place.ts";
import type { Variant } from "./shape.ts";
import { stringDifferences } from "./string-difference.ts";
import { typeDifferences } from "./type-difference.ts";
import { valueDifferences } from "./value-difference.ts";
import { variantDifferences } from "./variant-difference.ts";
import type { Workbench } from "./workbench.ts";

/** Deeper places are not told apart in a report; the verdict does not depend on it. */
const deepest = 24;

/** More differences than this are not listed one by one. */
const most = 500;

/** One walk over one message of two releases. */
export class Differ {
  readonly search: Search;
  readonly found: Difference[] = [];
  readonly #bench: Workbench;
  /** The objects and arrays around the place that is looked at, from the root inwards. */
  readonly #around: Surroundings[] = [];
  #here: Pair | undefined;
  readonly #visited = new Set<number>();
  #depth = 0;
  /** What is taken down of the pair that is looked at. */
  #notes: PassageNotes | undefined;

  constructor(bench: Workbench) {
    this.#bench = bench;
    this.search = bench.search;
  }

  note(difference: Difference): void {
    this.#notes?.spoil();
    if (this.found.length >= most) return;
    const around = this.#around.slice(0, difference.place.length);
    // A difference that is noted from outside, as of an object's other names, has no schema of its own there.
    const isHere = this.#depth === difference.place.length;
    this.found.push({ ...difference, around, ...(isHere && this.#here && { here: this.#here }) });
  }

  /** Says something else of a difference that was noted, now that more is known of what lies around it. */
  replace(index: number, difference: Difference): void {
    this.#notes?.spoil();
    this.found[index] = difference;
  }

  /** Compares two schemas at a place; each pair is reported where it is first reached. */
  walk(before: SchemaNode, after: SchemaNode, place: Place): void {
    const key = pairKey(before, after);
    const known = this.#bench.passages.get(key);
    this.#notes?.enter(before, after, place, this.#around);
    if (this.#visited.has(key) || place.length > deepest || this.found.length >= most) {
      // What it would have said here, and what would be made of it, is not known.
      if (known === undefined) this.#notes?.spoil();
      return;
    }
    this.#visited.add(key);
    if (known !== undefined) {
      this.#goThrough(known, place);
      return;
    }
    const outer = { here: this.#here, depth: this.#depth, notes: this.#notes };
    const notes = new PassageNotes(place, this.#around.length);
    this.#here = { before, after };
    this.#depth = place.length;
    this.#notes = notes;
    this.#compare(before, after, place);
    this.#here = outer.here;
    this.#depth = outer.depth;
    this.#notes = outer.notes;
    this.#bench.keepPassage(key, notes);
  }

  #goThrough(passage: Passage, place: Place): void {
    const outer = this.#notes;
    // What lies behind belongs to pairs further inside.
    this.#notes = undefined;
    for (const { before, after, step, around } of passage) {
      this.#around.push(around);
      this.walk(before, after, [...place, step]);
      this.#around.pop();
    }
    this.#notes = outer;
  }

  #compare(before: SchemaNode, after: SchemaNode, place: Place): void {
    for (const spelling of this.#bench.spellingsOf(before, after))
      this.note({ ...spelling, place, demand: {} });
    if (this.search.same.holds(before, after)) return;
    conditionDifferences(this, before, after, place);
    const shapes = { before: this.#bench.shapeOf(before), after: this.#bench.shapeOf(after) };
    if (this.#emptied(before, after, place)) return;
    const shared = typeDifferences(this, { before, after }, shapes, place);
    for (const kind of shared)
      this.#kind(shapes.before.get(kind) ?? [], shapes.after.get(kind) ?? [], place);
  }

  /** Compares two variants of one kind. */
  variant(before: Variant, after: Variant, place: Place): void {
    valueDifferences(this, before, after, place);
    if (before.values !== undefined || after.values !== undefined) return;
    this.#around.push({
      before: before.node,
      after: after.node,
      isPlain: before.isPlain && after.isPlain,
    });
    if (before.kind === "number") numberDifferences(this, before, after, place);
    if (before.kind === "string") stringDifferences(this, before, after, place);
    if (before.kind === "array") arrayDifferences(this, before, after, place);
    if (before.kind === "object") objectDifferences(this, before, after, place);
    this.#around.pop();
  }

  /** The node of a schema that only says one thing. It may use raw schemas of the given document. */
  demand(
    document: SchemaDocument,
    raw: unknown,
    ...parts: readonly (SchemaNode | undefined)[]
  ): SchemaNode {
    const key = `demand:${keyOf(raw, parts)}`;
    return document.make(
      key,
      raw,
      parts.find((part) => part !== undefined),
    );
  }

  /** What a side demands when only one of its values is asked about: anything but that value. */
  butNot(document: SchemaDocument, value: Scalar): SchemaNode {
    return this.demand(document, { not: { const: value } });
  }

  #kind(before: readonly Variant[], after: readonly Variant[], place: Place): void {
    const [left] = before;
    const [right] = after;
    if (left !== undefined && right !== undefined && before.length === 1 && after.length === 1) {
      this.variant(left, right, place);
    } else {
      // Which variants belong together is said of what is found inside.
      this.#notes?.spoil();
      variantDifferences(this, before, after, place);
    }
  }

  #emptied(before: SchemaNode, after: SchemaNode, place: Place): boolean {
    const isEmpty = (node: SchemaNode): boolean =>
      this.search.find(accepted(node)).found === "nothing";
    if (isEmpty(before) || !isEmpty(after)) return false;
    this.note({ rule: "type-emptied", place, demand: { before, after } });
    return true;
  }
}

/** The text of a schema that was put together. Parts are told apart by number: their texts may be long. */
function keyOf(raw: unknown, parts: readonly (SchemaNode | undefined)[]): string {
  if (typeof raw !== "object" || raw === null) return JSON.stringify(raw);
  const part = parts.find((each) => each?.raw === raw);
  if (part !== undefined) return `#${part.id}`;
  const entries = Object.entries(raw).map(
    ([name, value]) => `${JSON.stringify(name)}:${keyOf(value, parts)}`,
  );
  return Array.isArray(raw) ? `[${entries.join()}]` : `{${entries.join()}}`;
}
