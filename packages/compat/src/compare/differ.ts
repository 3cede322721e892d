/** Walks two schemas side by side and notes where they say different things. */
import { accepted } from "../include/literal.ts";
import type { Search } from "../include/search.ts";
import type { SchemaDocument, SchemaNode } from "../normal/node.ts";
import { type Kind, type Scalar, textOf } from "../normal/value.ts";
import { arrayDifferences } from "./array-difference.ts";
import { conditionDifferences } from "./condition-difference.ts";
import type { Difference } from "./difference.ts";
import { numberDifferences } from "./number-difference.ts";
import { objectDifferences } from "./object-difference.ts";
import type { Place } from "./place.ts";
import { shapeOf, type Variant } from "./shape.ts";
import { spellingDifferences } from "./spelling-difference.ts";
import { stringDifferences } from "./string-difference.ts";
import { typeDifferences } from "./type-difference.ts";
import { valueDifferences } from "./value-difference.ts";
import { variantDifferences } from "./variant-difference.ts";

/** Deeper places are not told apart in a report; the verdict does not depend on it. */
const deepest = 24;

/** More differences than this are not listed one by one. */
const most = 500;

/** One walk over one message of two releases. */
export class Differ {
  readonly search: Search;
  readonly found: Difference[] = [];
  readonly #shapes = new Map<number, ReadonlyMap<Kind, readonly Variant[]>>();
  readonly #visited = new Set<string>();

  constructor(search: Search) {
    this.search = search;
  }

  note(difference: Difference): void {
    if (this.found.length < most) this.found.push(difference);
  }

  /** Compares two schemas at a place; each pair is reported where it is first reached. */
  walk(before: SchemaNode, after: SchemaNode, place: Place): void {
    const key = `${before.id}:${after.id}`;
    if (this.#visited.has(key) || place.length > deepest || this.found.length >= most) return;
    this.#visited.add(key);
    spellingDifferences(this, before, after, place);
    if (this.search.same.holds(before, after)) return;
    conditionDifferences(this, before, after, place);
    const shapes = { before: this.#shapeOf(before), after: this.#shapeOf(after) };
    if (this.#emptied(before, after, place)) return;
    const shared = typeDifferences(this, { before, after }, shapes, place);
    for (const kind of shared) this.#kind(shapes.before.get(kind) ?? [], shapes.after.get(kind) ?? [], place);
  }

  /** Compares two variants of one kind. */
  variant(before: Variant, after: Variant, place: Place): void {
    valueDifferences(this, before, after, place);
    if (before.values !== undefined || after.values !== undefined) return;
    if (before.kind === "number") numberDifferences(this, before, after, place);
    if (before.kind === "string") stringDifferences(this, before, after, place);
    if (before.kind === "array") arrayDifferences(this, before, after, place);
    if (before.kind === "object") objectDifferences(this, before, after, place);
  }

  /** The node of a schema that only says one thing. It may use raw schemas of the given document. */
  demand(document: SchemaDocument, raw: unknown, ...parts: readonly (SchemaNode | undefined)[]): SchemaNode {
    const key = `demand:${textOf(raw)}:${parts.map((part) => part?.id).join()}`;
    return document.make(key, raw, parts.find((part) => part !== undefined));
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
    const isEmpty = (node: SchemaNode): boolean => this.search.find(accepted(node)).found === "nothing";
    if (isEmpty(before) || !isEmpty(after)) return false;
    this.note({ rule: "type-emptied", place, demand: { before, after } });
    return true;
  }

  #shapeOf(node: SchemaNode): ReadonlyMap<Kind, readonly Variant[]> {
    const known = this.#shapes.get(node.id);
    if (known !== undefined) return known;
    const shape = shapeOf(node, this.search.space);
    this.#shapes.set(node.id, shape);
    return shape;
  }
}
