/** One wake-up that can be moved. */
import type { Clock } from "@concordat/core/internal";

/** At most one thing to do later. */
export class Alarm {
  readonly #clock: Clock;
  #callOff: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Does `run` at `at`, and nothing that was set before. */
  set(at: number, run: () => void): void {
    this.clear();
    this.#callOff = this.#clock.wakeAt(at, () => {
      this.#callOff = undefined;
      run();
    });
  }

  /** Calls it off. */
  clear(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }
}
