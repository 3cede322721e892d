/** The machine's clock: the only place that reads the time and sets timers. */
import type { Clock } from "./clock.ts";

/** Timers overflow past 2^31 ms and fire at once; a longer wait is taken in parts. */
const longestTimerMs = 0x7fffffff;

/** The machine's wall clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wakeAt(at, wake) {
    const delay = Math.min(longestTimerMs, Math.max(0, at - Date.now()));
    const timer = setTimeout(wake, delay);
    return () => clearTimeout(timer);
  },
  endOfTurn(run) {
    queueMicrotask(run);
  },
};
