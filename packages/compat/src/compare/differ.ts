/** Compares two schemas at one place: what they say differently, and which pairs there are inside. */
import { accepted } from "../include/literal.ts";
import type { Search } from "../include/search.ts";
import type { SchemaDocument, SchemaNode } from "../normal/node.ts";
import type { Scalar } from "../normal/value.ts";
import { type Account, type Entry, noteOf, type Revised } from "./account.ts";
import { arrayDifferences } from "./array-difference.ts";
import { conditionDifferences } from "./condition-difference.ts";
import type { Difference } from "./difference.ts";
import { numberDifferences } from "./number-difference.ts";
import { objectDifferences } from "./object-difference.ts";
import type { Place } from "./place.ts";
import type { Variant } from "./shape.ts";
import { stringDifferences } from "./string-difference.ts";
import { typeDifferences } from "./type-difference.ts";
import { valueDifferences } from "./value-difference.ts";
import { variantDifferences } from "./variant-difference.ts";
import { type Pair, type Surroundings, wayTo } from "./way.ts";
import type { Workbench } from "./workbench.ts";

/** The account of one pair. */
export function accountOf(bench: Workbench, before: SchemaNode, after: SchemaNode): Account {
  const differ = new Differ(bench, { before, after });
  differ.compare();
  return differ.entries;
}

/** One look at one pair, whose place is the root here. Pairs inside are noted, not looked into. */
export class Differ {
  readonly search: Search;
  entries: Entry[] = [];
  readonly #bench: Workbench;
  readonly #here: Pair;
  /** The variants that are being compared. */
  #around: Surroundings | undefined;

  constructor(bench: Workbench, here: Pair) {
    this.#bench = bench;
    this.#here = here;
    this.search = bench.search;
  }

  note(difference: Difference): void {
    const note = noteOf(difference, difference.place.length === 0 ? this.#here : undefined);
    this.entries.push({ kind: "note", note });
  }

  /** Notes a pair one step further inside. */
  walk(before: SchemaNode, after: SchemaNode, place: Place): void {
    const [step] = place;
    if (step === undefined || this.#around === undefined) return;
    const way = wayTo(step, this.#around);
    const topic = this.#bench.topicOf(before, after);
    this.entries.push({ kind: "inner", inner: { topic, way } });
  }

  /** Says something else of whatever is noted meanwhile, in the pair and further inside. */
  revised(revise: Revised["revise"], work: () => void): void {
    const outer = this.entries;
    const entries: Entry[] = [];
    this.entries = entries;
    work();
    this.entries = outer;
    if (entries.length > 0) outer.push({ kind: "revised", revised: { entries, revise } });
  }

  compare(): void {
    const { before, after } = this.#here;
    const place: Place = [];
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
    this.#around = {
      before: before.node,
      after: after.node,
      isPlain: before.isPlain && after.isPlain,
      isSeparable: before.isSeparable && after.isSeparable,
    };
    if (before.kind === "number") numberDifferences(this, before, after, place);
    if (before.kind === "string") stringDifferences(this, before, after, place);
    if (before.kind === "array") arrayDifferences(this, before, after, place);
    if (before.kind === "object") objectDifferences(this, before, after, place);
    this.#around = undefined;
  }

  /** The node of a schema that only says one thing. It may use raw schemas of the given document. */
  demand(
    document: SchemaDocument,
    raw: unknown,
    ...parts: readonly (SchemaNode | undefined)[]
  ): SchemaNode {
    const key = `demand:${keyOf(raw, parts)}`;
    const near =
      parts.find((part) => part?.document === document) ?? parts.find((part) => part !== undefined);
    return document.make(key, raw, near);
  }

  /** What a side demands when only one of its values is asked about: anything but that value. */
  butNot(document: SchemaDocument, value: Scalar): SchemaNode {
    return this.demand(document, { not: { const: value } });
  }

  #kind(before: readonly Variant[], after: readonly Variant[], place: Place): void {
    const [left] = before;
    const [right] = after;
    if (left !== undefined && right !== undefined && before.length === 1 && after.length === 1)
      this.variant(left, right, place);
    else variantDifferences(this, before, after, place);
  }

  #emptied(before: SchemaNode, after: SchemaNode, place: Place): boolean {
    const isEmpty = (node: SchemaNode): boolean =>
      this.search.find(accepted(node)).found === "nothing";
    if (!isEmpty(after) || isEmpty(before)) return false;
    this.note({ rule: "type-emptied", place, demand: { before, after } });
    return true;
  }
}

/** The text of a schema that was put together. Parts are told apart by number: their texts may be long. */
function keyOf(raw: unknown, parts: readonly (SchemaNode | undefined)[]): string {
  if (typeof raw !== "object" || raw === null) return JSON.stringify(raw);
  const part = parts.find((each) => each?.raw === raw);
  if (part !== undefined) return `#${part.meaning}`;
  const entries = Object.entries(raw).map(
    ([name, value]) => `${JSON.stringify(name)}:${keyOf(value, parts)}`,
  );
  return Array.isArray(raw) ? `[${entries.join()}]` : `{${entries.join()}}`;
}
