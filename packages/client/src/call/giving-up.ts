/** The signals that give a call up: its own, and that of the call within which it is made. */
import type { CallOptions } from "@concordat/core";

/** What a call listens to from its start to its end. */
export class GivingUp {
  readonly #signals: readonly AbortSignal[];
  readonly #gaveUp: (reason: unknown) => void;

  /** @param gaveUp Told when the first of them aborts, with its reason. */
  constructor(
    { signal, within }: Pick<CallOptions, "signal" | "within">,
    gaveUp: (reason: unknown) => void,
  ) {
    this.#signals = [signal, within?.signal].filter((each) => each !== undefined);
    this.#gaveUp = gaveUp;
  }

  /** Listens. Returns false where one has aborted already, which was told then. */
  start(): boolean {
    const aborted = this.#signals.find((signal) => signal.aborted);
    if (aborted !== undefined) {
      this.#gaveUp(aborted.reason);
      return false;
    }
    for (const signal of this.#signals) signal.addEventListener("abort", this.#aborted);
    return true;
  }

  /** Listens no more. */
  stop(): void {
    for (const signal of this.#signals) signal.removeEventListener("abort", this.#aborted);
  }

  readonly #aborted = (): void => {
    this.#gaveUp(this.#signals.find((signal) => signal.aborted)?.reason);
  };
}
