/** From `timeoutMs` to a point in time. */
import { ConcordatError } from "@concordat/core";

/**
 * When a call has to be over, or `undefined` for never.
 *
 * @throws ConcordatError `invalid_argument` where that cannot be said.
 */
export function deadlineOf(timeoutMs: number | undefined, now: number): number | undefined {
  if (timeoutMs === undefined || timeoutMs === Infinity) return undefined;
  if (Number.isFinite(timeoutMs)) return now + Math.max(0, timeoutMs);
  throw new ConcordatError("invalid_argument", `timeoutMs is ${timeoutMs}; give milliseconds.`);
}
