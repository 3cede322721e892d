/** Why a page that is not served any more is still there: what a banner says. */
import type { UpgradeRequiredError } from "@concordat/core";

/** Every reason why the page did not reload itself. */
export const upgradeReasons = {
  unasked: "No `mayReload` was given: the page never reloads by itself.",
  postponed: "`mayReload` said no, or failed: there is work that would be lost.",
  exhausted:
    "The page was reloaded for this build already, or too often within an hour, or nothing can be remembered: what comes is not newer.",
  "server-must-move": "It is the server that is too old: the same page would come again.",
  "other-tab": "Another tab of the same build was refused; this one is not, yet.",
} as const satisfies Record<string, string>;

/** One of {@link upgradeReasons}. */
export type UpgradeReason = keyof typeof upgradeReasons;

/** What a banner is made from. */
export interface UpgradeNeed {
  readonly reason: UpgradeReason;
  /** What the server said; absent where it said it to another tab. */
  readonly error: UpgradeRequiredError | undefined;
  /** Loads the page anew, because the user asked for it. Not counted. */
  readonly reload: () => void;
}
