/** From what changed to how far the next release is. */
import type { Step } from "@concordat/core/internal";
import type { RuleId } from "../rule/rules.ts";
import type { Comparison } from "./change.ts";

/** Changes that are in the texts only. */
const texts: ReadonlySet<RuleId> = new Set<RuleId>([
  "access-hint-changed",
  "content-hint-changed",
  "definition-renamed",
  "enum-reordered",
  "enum-respelled",
  "intersection-flattened",
  "property-order-changed",
  "text-changed",
  "union-respelled",
  "variants-reordered",
]);

/**
 * The step that a comparison demands.
 *
 * `patch`: texts only. `minor`: every older release of the major is still served without an adapter.
 * `major`: not so, or not proved. A person may take a larger step, never a smaller one.
 */
export function step(comparison: Comparison): Step {
  if (comparison.verdict === "breaking" || comparison.verdict === "undecided") return "major";
  return comparison.changes.every(({ rule }) => texts.has(rule)) ? "patch" : "minor";
}
