/** The signals that give a call up: its own, and that of the call within which it is made. */
import { type CallOptions, ConcordatError } from "@concordat/core";
import type { Signals } from "./signals.ts";

/** What a call listens to from its start to its end. */
export class GivingUp {
  readonly #shared: Signals;
  #signals: readonly AbortSignal[];
  readonly #gaveUp: (reason: unknown) => void;

  /**
   * @param shared Those that the client listens to.
   * @param gaveUp Told when the first of them aborts, with its reason.
   */
  constructor(
    shared: Signals,
    { signal, within }: Pick<CallOptions, "signal" | "within">,
    gaveUp: (reason: unknown) => void,
  ) {
    this.#shared = shared;
    this.#signals = [signal, within?.signal].filter((each) => each !== undefined);
    this.#gaveUp = gaveUp;
  }

  /**
   * Listens. Returns false where one has aborted already, which was told then.
   *
   * @throws ConcordatError `invalid_argument` where plain JavaScript gave something else.
   */
  start(): boolean {
    const signals = this.#signals;
    if (!signals.every(isSignal)) {
      this.#signals = []; // there is nothing to stop listening to
      throw new ConcordatError("invalid_argument", "signal is no AbortSignal.");
    }
    const aborted = signals.find((signal) => signal.aborted);
    if (aborted !== undefined) {
      this.#gaveUp(aborted.reason);
      return false;
    }
    for (const signal of signals) this.#shared.listen(signal, this.#aborted);
    return true;
  }

  /** Listens no more. */
  stop(): void {
    for (const signal of this.#signals) this.#shared.leave(signal, this.#aborted);
  }

  readonly #aborted = (): void => {
    this.#gaveUp(this.#signals.find((signal) => signal.aborted)?.reason);
  };
}

/** Of whatever realm or library. */
function isSignal(given: Partial<AbortSignal> | null): boolean {
  return !!given?.addEventListener;
}
