/** The seam to the compatibility engine: everything that the commands know of comparing. */
import type { Verdict } from "@concordat/compat";

export {
  type Change,
  type Comparer,
  compareReleases,
  compareSchemas,
  type Comparison,
  createComparer,
  deriveAdapter,
  type Direction,
  explain as explainRule,
  type Rule,
  rules,
  step as stepOf,
  type Verdict,
} from "@concordat/compat";

/** The direction that gates: the clients that are out there meet the server that is about to be. */
export const gate = "old-client-new-server";

const order: readonly Verdict[] = ["compatible", "lossy", "undecided", "breaking"];

/** The worst of several verdicts; `compatible` for none. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  return order.findLast((verdict) => verdicts.includes(verdict)) ?? "compatible";
}
