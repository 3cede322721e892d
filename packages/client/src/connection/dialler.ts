/** Dials now or later, one attempt at a time. */
import { type Clock, WakeUp } from "@concordat/core/internal";
import type { Dial, DialEar } from "../socket/dial.ts";

/** The owner of a dialler. */
export interface DiallerEar extends DialEar {
  /** The time for which {@link Dialler.dialAt} was asked has come. */
  due(): void;
}

/** The attempts of one client. */
export class Dialler {
  readonly #dial: Dial;
  readonly #ear: DiallerEar;
  readonly #wakeUp: WakeUp;
  #callOff: (() => void) | undefined;

  constructor(dial: Dial, clock: Clock, ear: DiallerEar) {
    this.#dial = dial;
    this.#ear = ear;
    this.#wakeUp = new WakeUp(clock);
  }

  /** Whether an attempt is under way. */
  get isDialling(): boolean {
    return this.#callOff !== undefined;
  }

  /** Dials, and forgets what was to be dialled later. */
  dial(): void {
    this.stop();
    let isOver = false;
    this.#callOff = () => (isOver = true); // the application's functions, which are asked now, may close the client
    const callOff = this.#dial({
      opened: (transport, auth) => {
        this.#callOff = undefined;
        this.#ear.opened(transport, auth);
      },
      failed: (end) => {
        this.#callOff = undefined;
        this.#ear.failed(end);
      },
    });
    if (isOver) callOff();
    else this.#callOff = callOff;
  }

  /** Has itself reminded at a time. */
  dialAt(at: number): void {
    this.#wakeUp.set(at, () => this.#ear.due());
  }

  /** Calls off what is under way, and what was to come. */
  stop(): void {
    this.#wakeUp.clear();
    this.#callOff?.();
    this.#callOff = undefined;
  }
}
