/** Dials now or later, one attempt at a time. */
import { type Clock, WakeUp } from "@concordat/core/internal";
import type { Dial, DialEar } from "../socket/dial.ts";

/** What a dialler needs. */
export interface DiallerOptions extends DialEar {
  readonly dial: Dial;
  readonly clock: Clock;
  /** The time for which {@link Dialler.dialAt} was asked has come. */
  readonly due: () => void;
}

/** The attempts of one client. */
export class Dialler {
  readonly #options: DiallerOptions;
  readonly #wakeUp: WakeUp;
  #callOff: (() => void) | undefined;

  constructor(options: DiallerOptions) {
    this.#options = options;
    this.#wakeUp = new WakeUp(options.clock);
  }

  /** Whether an attempt is under way. */
  get isDialling(): boolean {
    return this.#callOff !== undefined;
  }

  /** Dials, and forgets what was to be dialled later. */
  dial(): void {
    this.stop();
    this.#callOff = this.#options.dial({
      opened: (transport, auth) => {
        this.#callOff = undefined;
        this.#options.opened(transport, auth);
      },
      failed: (end) => {
        this.#callOff = undefined;
        this.#options.failed(end);
      },
    });
  }

  /** Has itself reminded at a time. */
  dialAt(at: number): void {
    this.#wakeUp.set(at, () => this.#options.due());
  }

  /** Calls off what is under way, and what was to come. */
  stop(): void {
    this.#wakeUp.clear();
    this.#callOff?.();
    this.#callOff = undefined;
  }
}
