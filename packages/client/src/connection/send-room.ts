/** Whether a socket takes another request now: what is handed to it faster than it sends waits in its memory. */
import { type Clock, WakeUp } from "@concordat/core/internal";

/** How often a full socket is looked at: no WebSocket says when it has sent. */
const lookEveryMs = 10;

/** The room in one socket. */
export class SendRoom {
  readonly #waitingBytes: () => number;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  readonly #freed: () => void;
  readonly #wakeUp: WakeUp;

  /**
   * @param waitingBytes What has not left yet, in the socket and ahead of it.
   * @param maxBytes Kept free of the bound beyond which a connection counts as stuck.
   * @param freed Told when there is room again after {@link has} has said no.
   */
  constructor(waitingBytes: () => number, clock: Clock, maxBytes: number, freed: () => void) {
    this.#waitingBytes = waitingBytes;
    this.#clock = clock;
    this.#maxBytes = maxBytes;
    this.#freed = freed;
    this.#wakeUp = new WakeUp(clock);
  }

  /** Whether there is room for so many bytes. An empty socket takes a request of any size. */
  has(bytes: number): boolean {
    const waiting = this.#waitingBytes();
    if (waiting === 0 || waiting + bytes <= this.#maxBytes) return true;
    this.#lookAgain();
    return false;
  }

  /** The socket is gone. */
  close(): void {
    this.#wakeUp.clear();
  }

  #lookAgain(): void {
    this.#wakeUp.set(this.#clock.now() + lookEveryMs, () => {
      if (this.#waitingBytes() * 2 > this.#maxBytes) this.#lookAgain();
      else this.#freed();
    });
  }
}
