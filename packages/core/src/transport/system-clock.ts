/** The machine's clock: the only place that reads the time and sets timers. */
import type { Clock } from "./clock.ts";

/** Timers overflow past 2^31 ms and fire at once; a longer wait is taken in parts. */
const longestTimerMs = 0x7fffffff;

/** The machine's wall clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wakeAt(at, wake) {
    let timer = setTimeout(look, delayTo(at));
    return () => clearTimeout(timer);

    function look(): void {
      if (Date.now() < at) timer = setTimeout(look, delayTo(at));
      else wake();
    }
  },
  endOfTurn(run) {
    queueMicrotask(run);
  },
};

function delayTo(at: number): number {
  return Math.min(longestTimerMs, Math.max(0, at - Date.now()));
}
