/** Differences in listed values: literals and enums. */
import type { AdapterStep } from "@concordat/core";
import { type Scalar, textOf } from "../normal/value.ts";
import type { Difference } from "./difference.ts";
import type { Differ } from "./differ.ts";
import { type Place, pointerOf } from "./place.ts";
import type { Variant } from "./shape.ts";

/** Notes values that came or went, and lists that were opened or closed. */
export function valueDifferences(
  differ: Differ,
  before: Variant,
  after: Variant,
  place: Place,
): void {
  const [left, right] = [before.values, after.values];
  if (left === undefined && right === undefined) return;
  const documents = { before: before.node.document, after: after.node.document };
  if (left !== undefined && right !== undefined) {
    const removed = left.filter((value) => !has(right, value));
    const added = right.filter((value) => !has(left, value));
    const [gone, come] = [removed[0], added[0]];
    if (gone !== undefined && come !== undefined && removed.length === 1 && added.length === 1) {
      const at = pointerOf(place);
      const toAfter: AdapterStep = { step: "literal", at, values: [[gone, come]] };
      const toBefore: AdapterStep = { step: "literal", at, values: [[come, gone]] };
      if (left.length === 1 && right.length === 1) {
        differ.note({
          rule: "literal-changed",
          place,
          facts: { before: textOf(gone), after: textOf(come) },
          demand: {
            before: differ.butNot(documents.before, come),
            after: differ.butNot(documents.after, gone),
          },
          draft: { toAfter: [toAfter], toBefore: [toBefore] },
        });
        return;
      }
      // One took the other's place. Each breaks only who has it, and has the step that helps there.
      noteMember(differ, "enum-member-removed", after, gone, place, {
        toAfter: [toAfter],
        toBefore: [],
      });
      noteMember(differ, "enum-member-added", before, come, place, {
        toAfter: [],
        toBefore: [toBefore],
      });
      return;
    }
    for (const value of removed) noteMember(differ, "enum-member-removed", after, value, place);
    for (const value of added) noteMember(differ, "enum-member-added", before, value, place);
    return;
  }
  const demand = {
    before: left === undefined ? before.node : differ.demand(documents.before, { enum: left }),
    after: right === undefined ? after.node : differ.demand(documents.after, { enum: right }),
  };
  if (left !== undefined) {
    const rule = left.length > 1 && after.kind === "string" ? "enum-opened" : "literal-to-type";
    differ.note({ rule, place, facts: { before: listed(left), after: after.kind }, demand });
  } else if (right !== undefined) {
    differ.note({
      rule: "type-to-literal",
      place,
      facts: { before: before.kind, after: listed(right) },
      demand,
    });
  }
}

function listed(values: readonly Scalar[]): string {
  return values.map(textOf).join(", ");
}

/** A value that one side lists; `without` is the other one. */
function noteMember(
  differ: Differ,
  rule: "enum-member-added" | "enum-member-removed",
  without: Variant,
  value: Scalar,
  place: Place,
  draft?: Difference["draft"],
): void {
  const only = differ.butNot(without.node.document, value);
  const demand = rule === "enum-member-added" ? { before: only } : { after: only };
  differ.note({ rule, place, facts: { name: textOf(value) }, demand, ...(draft && { draft }) });
}

function has(values: readonly Scalar[], value: Scalar): boolean {
  return values.some((other) => textOf(other) === textOf(value));
}
