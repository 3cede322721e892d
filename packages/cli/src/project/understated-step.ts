/** Releases whose numbers promise more than they keep: somebody numbered them by hand. */
import type { ReleaseDocument } from "@concordat/core";
import { isSameLine } from "@concordat/core/internal";

import { judge } from "./allowance.ts";
import type { Comparer } from "./comparison.ts";
import type { Allowance } from "./config-file.ts";

/** Two neighbours of one line, the newer of which breaks clients of the older. */
export interface UnderstatedStep {
  readonly before: string;
  readonly after: string;
}

/**
 * The steps within a line that break.
 *
 * Only what is shown to break counts: that something cannot be proved today was perhaps proved by the tool that
 * made the release.
 */
export function understatedSteps(
  history: readonly ReleaseDocument[],
  allowances: readonly Allowance[],
  comparer: Comparer,
): readonly UnderstatedStep[] {
  return history.flatMap((after, index) => {
    const before = history[index - 1];
    if (before === undefined || !isSameLine(before.release, after.release)) return [];
    const names = { before: before.release, after: after.release };
    const comparison = comparer.compareReleases(before, after);
    const { verdict } = judge({ contract: after.contract, ...names, comparison }, allowances);
    return verdict === "breaking" ? [names] : [];
  });
}
