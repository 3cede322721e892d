/** A clock that knows which of its wake-ups are still to come, and who asked for them. */
import type { Clock } from "@concordat/core/internal";

/** One wake-up that was asked for. */
interface Wait {
  readonly at: number;
  /** Where it was asked for: a line of a stack. */
  readonly where: string;
}

/** Counts the wake-ups of another clock. */
export class WatchedClock implements Clock {
  readonly #clock: Clock;
  readonly #waits = new Set<Wait>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Each wake-up that nobody has called off, in words. */
  get left(): readonly string[] {
    const now = this.now();
    return Array.from(
      this.#waits,
      ({ at, where }) => `a timer due in ${at - now} ms, set ${where}`,
    );
  }

  now(): number {
    return this.#clock.now();
  }

  wakeAt(at: number, wake: () => void): () => void {
    const wait = { at, where: callerOf(new Error("who asks").stack) };
    this.#waits.add(wait);
    const callOff = this.#clock.wakeAt(at, () => {
      this.#waits.delete(wait);
      wake();
    });
    return () => {
      this.#waits.delete(wait);
      callOff();
    };
  }

  endOfTurn(run: () => void): void {
    this.#clock.endOfTurn(run);
  }
}

/** The line behind that of the clock itself. */
function callerOf(stack = ""): string {
  return stack.split("\n")[2]?.trim() ?? "somewhere";
}
