/** The machine's clock: the only place that reads the time and sets timers. */
import type { Clock } from "./clock.ts";

/** Timers stand still while the machine sleeps, and know nothing of a clock that is set: a longer wait is taken in parts. */
const longestTimerMs = 300_000;

/** Two clocks of one machine differ by a little at any time. */
const toleratedMs = 100;

const settled = Promise.resolve();

/** The machine's wall clock, and on where it was when somebody sets it back. */
export const systemClock: Clock = machineClock();

function machineClock(): Clock {
  let wall = Date.now();
  let steady = performance.now();
  /** By how much the wall clock was set back so far. */
  let setBackMs = 0;
  return {
    now,
    wall: () => Date.now(),
    wakeAt(at, wake) {
      let timer = setTimeout(look, delayTo(at));
      return () => clearTimeout(timer);

      function look(): void {
        if (measured(Date.now()) < at) timer = setTimeout(look, delayTo(at));
        else wake();
      }
    },
    endOfTurn(run) {
      // A tenth of what queueMicrotask costs in Node, which makes an asynchronous resource for each.
      void settled.then(run);
    },
  };

  function now(): number {
    const wallNow = Date.now();
    // A busy connection asks many times in a millisecond; what was missed now is seen in the next one.
    return wallNow === wall ? wallNow + setBackMs : measured(wallNow);
  }

  /** Deadlines and keep-alives would be late by what the wall clock was set back: an hour of silence, at worst. */
  function measured(wallNow: number): number {
    const steadyNow = performance.now();
    const lostMs = steadyNow - steady - (wallNow - wall);
    const isSetBack = lostMs > toleratedMs;
    if (isSetBack) setBackMs += Math.round(lostMs);
    // Where the wall clock stands still, as that of a test may, it loses little at a time: that adds up.
    if (isSetBack || wallNow !== wall) steady = steadyNow;
    wall = wallNow;
    return wallNow + setBackMs;
  }

  function delayTo(at: number): number {
    return Math.min(longestTimerMs, Math.max(0, at - now()));
  }
}
