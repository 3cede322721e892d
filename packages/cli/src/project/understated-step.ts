/** Releases whose numbers promise more than they keep: somebody numbered them by hand. */
import type { ReleaseDocument } from "@concordat/core";
import { isSameLine } from "@concordat/core/internal";

import { judge } from "./allowance.ts";
import type { Comparer } from "./comparison.ts";
import type { Allowance } from "./config-file.ts";

/** Two neighbours of one line. */
export interface StepWithin {
  readonly before: string;
  readonly after: string;
  /** Whether the newer breaks clients of the older. */
  readonly isUnderstated: boolean;
  /** The settings that excuse what breaks. */
  readonly allowed: readonly Allowance[];
}

/**
 * The steps within a line, judged.
 *
 * Only what is shown to break counts: that something cannot be proved today was perhaps proved by the tool that
 * made the release.
 */
export function stepsWithin(
  history: readonly ReleaseDocument[],
  allowances: readonly Allowance[],
  comparer: Comparer,
): readonly StepWithin[] {
  return history.flatMap((after, index) => {
    const before = history[index - 1];
    if (before === undefined || !isSameLine(before.release, after.release)) return [];
    const names = { before: before.release, after: after.release };
    const comparison = comparer.compareReleases(before, after);
    const judged = judge({ contract: after.contract, ...names, comparison }, allowances);
    const allowed = judged.compared.allowed.map((each) => each.allowance);
    return [{ ...names, isUnderstated: judged.verdict === "breaking", allowed }];
  });
}
