/** How long the server has been older than this client, and when calls stop waiting for a newer one. */
import type { RefusedError } from "@concordat/core";
import { type Clock, WakeUp } from "@concordat/core/internal";

/** Remembers since when the server is behind. */
export class ServerBehind {
  readonly #clock: Clock;
  readonly #patienceMs: number;
  readonly #giveUp: (error: RefusedError) => void;
  readonly #wakeUp: WakeUp;
  #since: number | undefined;
  #error: RefusedError | undefined;

  /**
   * @param patienceMs How long calls wait for a newer server.
   * @param giveUp Called when they have waited for so long.
   */
  constructor(clock: Clock, patienceMs: number, giveUp: (error: RefusedError) => void) {
    this.#clock = clock;
    this.#patienceMs = patienceMs;
    this.#giveUp = giveUp;
    this.#wakeUp = new WakeUp(clock);
  }

  /** What calls fail with, or `undefined` while they wait. */
  get error(): RefusedError | undefined {
    const hasWaited =
      this.#since !== undefined && this.#clock.now() >= this.#since + this.#patienceMs;
    return hasWaited ? this.#error : undefined;
  }

  /** The server has said it, again perhaps. Returns whether it said anything new. */
  note(error: RefusedError): boolean {
    const isNews = this.#error === undefined || rangeOf(this.#error) !== rangeOf(error);
    this.#error = error;
    this.#since ??= this.#clock.now();
    this.#wakeUp.set(this.#since + this.#patienceMs, () => this.#tell());
    return isNews;
  }

  /** A server was found that is not behind, or nobody waits any more. */
  forget(): void {
    this.#since = undefined;
    this.#error = undefined;
    this.#wakeUp.clear();
  }

  #tell(): void {
    if (this.error !== undefined) this.#giveUp(this.error);
  }
}

function rangeOf({ contract, supported }: RefusedError): string {
  return JSON.stringify([contract, supported.floor, supported.newest, supported.releases]);
}
