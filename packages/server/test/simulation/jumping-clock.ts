/** The wall clock of one machine in a simulation: it may be set forward, and its timers go on as they were. */
import type { Clock } from "@concordat/core/internal";

/** A clock that runs with another one, ahead of it, in whole milliseconds: sums of fractions may come out too early. */
export class JumpingClock implements Clock {
  readonly #time: Clock;
  #aheadMs = 0;

  constructor(time: Clock) {
    this.#time = time;
  }

  now(): number {
    return Math.floor(this.#time.now()) + this.#aheadMs;
  }

  wakeAt(at: number, wake: () => void): () => void {
    return this.#time.wakeAt(Math.ceil(at - this.#aheadMs), wake);
  }

  endOfTurn(run: () => void): void {
    this.#time.endOfTurn(run);
  }

  /** Sets it forward. Setting it back is the machine clock's own concern: nobody behind it sees that. */
  jump(ms: number): void {
    this.#aheadMs += ms;
  }
}
