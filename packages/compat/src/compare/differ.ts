/** Walks two schemas side by side and notes where they say different things. */
import { accepted } from "../include/literal.ts";
import type { Search } from "../include/search.ts";
import type { SchemaDocument, SchemaNode } from "../normal/node.ts";
import type { Scalar } from "../normal/value.ts";
import { arrayDifferences } from "./array-difference.ts";
import { conditionDifferences } from "./condition-difference.ts";
import type { Difference, Pair } from "./difference.ts";
import { numberDifferences } from "./number-difference.ts";
import { objectDifferences } from "./object-difference.ts";
import type { Place } from "./place.ts";
import type { Variant } from "./shape.ts";
import { spellingDifferences } from "./spelling-difference.ts";
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
  readonly #around: (Pair & { readonly isPlain: boolean })[] = [];
  #here: Pair | undefined;
  readonly #visited = new Set<string>();
  #depth = 0;

  constructor(bench: Workbench) {
    this.#bench = bench;
    this.search = bench.search;
  }

  note(difference: Difference): void {
    if (this.found.length >= most) return;
    const around = this.#around.slice(0, difference.place.length);
    // A difference that is noted from outside, as of an object's other names, has no schema of its own there.
    const isHere = this.#depth === difference.place.length;
    this.found.push({ ...difference, around, ...(isHere && this.#here && { here: this.#here }) });
  }

  /** Compares two schemas at a place; each pair is reported where it is first reached. */
  walk(before: SchemaNode, after: SchemaNode, place: Place): void {
    const key = `${before.id}:${after.id}`;
    if (this.#visited.has(key) || place.length > deepest || this.found.length >= most) return;
    this.#visited.add(key);
    const outer = { here: this.#here, depth: this.#depth };
    this.#here = { before, after };
    this.#depth = place.length;
    this.#compare(before, after, place);
    this.#here = outer.here;
    this.#depth = outer.depth;
  }

  #compare(before: SchemaNode, after: SchemaNode, place: Place): void {
    spellingDifferences(this, before, after, place);
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
    const ids = new Map(parts.map((part) => [part?.raw, `#${part?.id}`]));
    // Parts are told apart by number: their texts may be long.
    const key = `demand:${JSON.stringify(raw, (_, value: unknown) => (typeof value === "object" ? (ids.get(value) ?? value) : value))}`;
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
    } else variantDifferences(this, before, after, place);
  }

  #emptied(before: SchemaNode, after: SchemaNode, place: Place): boolean {
    const isEmpty = (node: SchemaNode): boolean =>
      this.search.find(accepted(node)).found === "nothing";
    if (isEmpty(before) || !isEmpty(after)) return false;
    this.note({ rule: "type-emptied", place, demand: { before, after } });
    return true;
  }
}
