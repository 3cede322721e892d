/** Time that a test moves by hand. */
import type { Clock } from "@concordat/core/internal";

/** A clock that stands still until it is told to move. */
export class FakeClock implements Clock {
  #now: number;
  readonly #waiting = new Set<{ readonly at: number; readonly wake: () => void }>();
  readonly #settle: () => Promise<void>;

  /**
   * @param start Default 1,000,000: late enough for subtraction, small enough to read.
   * @param settled What lets promises settle in between. Default {@link settle}; where whole windows of items travel, pass
   * `() => new Promise(setImmediate)`, which takes as many turns as there are.
   */
  constructor(start = 1_000_000, settled: () => Promise<void> = settle) {
    this.#now = start;
    this.#settle = settled;
  }

  now(): number {
    return this.#now;
  }

  wakeAt(at: number, wake: () => void): () => void {
    const entry = { at, wake };
    this.#waiting.add(entry);
    return () => this.#waiting.delete(entry);
  }

  endOfTurn(run: () => void): void {
    queueMicrotask(run);
  }

  /** How many wake-ups are waited for: 0 when nothing was left behind. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Moves the time by so many milliseconds, waking in order whoever waits, and lets promises settle in between. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + finite(ms);
    await this.#settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#waiting.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      await this.#settle();
    }
    this.#now = end;
    await this.#settle();
  }

  /** Moves the time without waking anybody on the way, as when a machine sleeps. Whoever is due wakes late, at its end. */
  async sleep(ms: number): Promise<void> {
    this.#now += finite(ms);
    await this.advance(0);
  }

  #next(end: number): { readonly at: number; readonly wake: () => void } | undefined {
    let first: { readonly at: number; readonly wake: () => void } | undefined;
    for (const entry of this.#waiting) {
      if (entry.at <= end && (first === undefined || entry.at < first.at)) first = entry;
    }
    return first;
  }
}

/** A time that is none would stay for good, and nobody would ever be woken. */
function finite(ms: number): number {
  if (Number.isFinite(ms)) return ms;
  throw new RangeError(`A clock moves by a number of milliseconds, not by ${String(ms)}.`);
}

/** Lets every promise that can settle without time passing do so. */
export async function settle(): Promise<void> {
  // Chains of awaits need a turn each; this many cover every path of the library, and cost microseconds.
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}
