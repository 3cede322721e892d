/** Differences in one bound, of whatever kind of value. */
import type { RuleId } from "../rule/rules.ts";
import type { SchemaDocument } from "../normal/node.ts";
import type { Differ } from "./differ.ts";
import type { Place } from "./place.ts";

/** A bound as one side has it. */
export interface Bound {
  readonly at: number;
  readonly isExclusive?: boolean;
}

/** A bound as both sides have it. */
export interface BoundPair {
  readonly before: Bound | undefined;
  readonly after: Bound | undefined;
}

/** Which bound, and how to write it. */
export interface BoundName {
  readonly keyword: string;
  readonly exclusive?: string;
  readonly isLower: boolean;
  /** The rules for any change, where the table does not tell raised from lowered. */
  readonly rules?: { readonly narrowed: RuleId; readonly widened: RuleId };
}

/** The greatest of several lower bounds on a count; undefined where it excludes nothing. */
export function atLeast(counts: readonly number[]): Bound | undefined {
  const at = Math.max(0, ...counts);
  return at > 0 ? { at } : undefined;
}

/** The least of several upper bounds on a count; undefined where there is none. */
export function atMost(counts: readonly number[]): Bound | undefined {
  const at = Math.min(Infinity, ...counts);
  return at < Infinity ? { at } : undefined;
}

/** Notes what became of a bound. */
export function boundDifference(
  differ: Differ,
  name: BoundName,
  { before, after }: BoundPair,
  documents: { readonly before: SchemaDocument; readonly after: SchemaDocument },
  place: Place,
): void {
  const rule = ruleOf(name, before, after);
  if (rule === undefined) return;
  const write = (bound: Bound): unknown => ({
    [bound.isExclusive === true ? (name.exclusive ?? name.keyword) : name.keyword]: bound.at,
  });
  differ.note({
    rule,
    place,
    facts: {
      name: name.keyword,
      ...(before && { before: String(before.at) }),
      ...(after && { after: String(after.at) }),
    },
    demand: {
      ...(before && { before: differ.demand(documents.before, write(before)) }),
      ...(after && { after: differ.demand(documents.after, write(after)) }),
    },
  });
}

function ruleOf(
  name: BoundName,
  before: Bound | undefined,
  after: Bound | undefined,
): RuleId | undefined {
  if (before === undefined && after === undefined) return undefined;
  if (before === undefined) return name.rules?.narrowed ?? "bound-added";
  if (after === undefined) return name.rules?.widened ?? "bound-removed";
  if (before.at === after.at) {
    if ((before.isExclusive ?? false) === (after.isExclusive ?? false)) return undefined;
    return after.isExclusive === true ? "bound-became-exclusive" : "bound-became-inclusive";
  }
  const isRaised = after.at > before.at;
  if (name.rules) return isRaised === name.isLower ? name.rules.narrowed : name.rules.widened;
  if (name.isLower) return isRaised ? "lower-bound-raised" : "lower-bound-lowered";
  return isRaised ? "upper-bound-raised" : "upper-bound-lowered";
}
