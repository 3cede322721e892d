/** Who is woken when, on one clock. */
import type { Clock } from "./clock.ts";

/** Somebody who waits for one moment at a time. */
export interface Sleeper {
  /** When it is to be woken; `Infinity` for not at all. Kept by the alarm. */
  dueAt: number;
  /** Where it stands in the alarm. Nobody else's business. */
  place: number;
  /** The moment has come, or has passed. It is set to none before. */
  wake(): void;
}

/** Wakes. */
export interface Alarm {
  /** Says when somebody is to be woken; in place of what was said before. `Infinity` for not at all. */
  set(sleeper: Sleeper, at: number): void;
}

/** At most one thing to do later. */
export class WakeUp {
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

/** The alarm of one who is alone with a clock. */
export class OwnAlarm implements Alarm {
  readonly #wakeUp: WakeUp;

  constructor(clock: Clock) {
    this.#wakeUp = new WakeUp(clock);
  }

  set(sleeper: Sleeper, at: number): void {
    sleeper.dueAt = at;
    if (at === Infinity) return this.#wakeUp.clear();
    return this.#wakeUp.set(at, () => {
      sleeper.dueAt = Infinity;
      sleeper.wake();
    });
  }
}
