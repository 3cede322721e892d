/** From `timeoutMs` to a point in time. */
import { type CallOptions, ConcordatError } from "@concordat/core";
import { type Clock, wallTime } from "@concordat/core/internal";

/**
 * How long a call may take from now on: what it says itself, and never longer than the call within which it is made.
 * `undefined` for as long as it likes.
 *
 * @throws ConcordatError `invalid_argument` where that cannot be said.
 */
export function timeoutOf(
  timeoutMs: number | undefined,
  within: CallOptions["within"],
  clock: Clock,
): number | undefined {
  const own = timeoutMs ?? Infinity;
  const left = within?.deadline === undefined ? Infinity : within.deadline - wallTime(clock);
  const least = Math.max(0, Math.min(own, left));
  // What plain JavaScript gives instead of a number is none that is greater either.
  if (!(own > -Infinity && least >= 0)) {
    const given =
      own > -Infinity ? `within.deadline is ${within?.deadline}` : `timeoutMs is ${own}`;
    throw new ConcordatError("invalid_argument", `${given}; give milliseconds.`);
  }
  return least === Infinity ? undefined : least;
}
