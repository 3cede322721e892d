/** The drains of one server: several may run at once, as when `close` overtakes `drain`. */
import { Drain, type DrainOptions, type Leaver } from "./drain.ts";

/** Those that run. */
export class Drains {
  readonly #running = new Set<Drain>();

  /** Whether one is not done yet: until then clients may come back to what they have here. */
  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  /** Runs one. Settles when it is done. */
  async run(leavers: Iterable<Leaver>, options: DrainOptions): Promise<void> {
    const drain = new Drain(leavers, options);
    this.#running.add(drain);
    await drain.run();
    this.#running.delete(drain);
  }

  /** Ends all that run: whoever they still wait for cannot come any more. */
  stop(): void {
    for (const drain of this.#running) drain.stop();
  }

  /** One has come back: is asked to leave at once. */
  add(leaver: Leaver): void {
    for (const drain of this.#running) drain.add(leaver);
  }

  /** One has ended. */
  ended(leaver: Leaver): void {
    for (const drain of this.#running) drain.ended(leaver);
  }
}
