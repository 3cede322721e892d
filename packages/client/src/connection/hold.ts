/** What keeps a connection that leaves although its calls are over: somebody listens on it. */
import { type Clock, WakeUp } from "@concordat/core/internal";

/**
 * How long after the welcome of the next connection it stays: what was told before the next server knew of this client
 * may be slower than that welcome.
 */
const slowerMs = 1_000;

/** The hold on one connection. */
export class Hold {
  readonly #clock: Clock;
  readonly #wakeUp: WakeUp;
  #isOn = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#wakeUp = new WakeUp(clock);
  }

  /** Whether the connection has to stay. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** From now on it has to. */
  take(): void {
    this.#wakeUp.clear(); // of a welcome before, by one that leaves as well
    this.#isOn = true;
  }

  /** In a moment it need not. */
  release(done: () => void): void {
    if (!this.#isOn) return;
    this.#wakeUp.set(this.#clock.now() + slowerMs, () => {
      this.#isOn = false;
      done();
    });
  }

  /** The connection is over. */
  stop(): void {
    this.#wakeUp.clear();
  }
}
