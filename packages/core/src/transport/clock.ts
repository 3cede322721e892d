/** What a clock has to offer: the time, wake-ups, and the end of a turn. */

/** A clock. The real one reads the machine's; a test's is moved by hand. */
export interface Clock {
  /** Milliseconds since 1970. The wall clock, because a sleeping machine's monotonic clock may stand still. */
  now(): number;
  /** What the wall clock says, where {@link now} went on from before somebody set that back. Default: the same. */
  wall?(): number;
  /** Calls `wake` once at `at` or later; the returned function calls it off. */
  wakeAt(at: number, wake: () => void): () => void;
  /** Calls `run` at the end of this turn of the event loop. */
  endOfTurn(run: () => void): void;
}

/** The time that dates are meant by. */
export function wallTime(clock: Clock): number {
  return clock.wall?.() ?? clock.now();
}
