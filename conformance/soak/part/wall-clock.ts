/** This process's wall clock, set as an administrator or a time server sets one: timers go on as they were. */

const machine = Date.now.bind(Date);
let setByMs = 0;

/** Sets it forward by so many milliseconds, or back. */
export function setWallClock(byMs: number): void {
  setByMs += Math.round(byMs);
  Date.now = () => machine() + setByMs;
}
