/** Whether a socket takes another request now: what is handed to it faster than it sends waits in its memory. */
import { type Clock, type Transport, WakeUp } from "@concordat/core/internal";

/** How often a full socket is looked at: no WebSocket says when it has sent. */
const lookEveryMs = 10;

/** The room in one socket. */
export class SendRoom {
  readonly #transport: Pick<Transport, "bufferedBytes">;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  readonly #freed: () => void;
  readonly #wakeUp: WakeUp;
  /** What waited in the socket when the first request of this turn came, and what was taken since. Leaves at its end. */
  #turnBytes: number | undefined;
  readonly #turnEnds = (): void => {
    this.#turnBytes = undefined;
  };

  /**
   * @param maxBytes Kept free of the bound beyond which a connection counts as stuck.
   * @param freed Told when there is room again after {@link has} has said no.
   */
  constructor(
    transport: Pick<Transport, "bufferedBytes">,
    clock: Clock,
    maxBytes: number,
    freed: () => void,
  ) {
    this.#transport = transport;
    this.#clock = clock;
    this.#maxBytes = maxBytes;
    this.#freed = freed;
    this.#wakeUp = new WakeUp(clock);
  }

  /** Whether there is room for so many bytes. An empty socket takes a request of any size. */
  has(bytes: number): boolean {
    const waiting = this.#turn();
    if (waiting === 0 || waiting + bytes <= this.#maxBytes) return true;
    this.#lookAgain();
    return false;
  }

  /** Takes so many bytes of it. */
  take(bytes: number): void {
    this.#turnBytes = this.#turn() + bytes;
  }

  /** The socket is gone. */
  close(): void {
    this.#wakeUp.clear();
  }

  /** A socket is asked once in a turn: within it, nothing leaves. */
  #turn(): number {
    if (this.#turnBytes !== undefined) return this.#turnBytes;
    this.#clock.endOfTurn(this.#turnEnds);
    return (this.#turnBytes = this.#transport.bufferedBytes);
  }

  #lookAgain(): void {
    this.#wakeUp.set(this.#clock.now() + lookEveryMs, () => {
      if (this.#transport.bufferedBytes * 2 > this.#maxBytes) this.#lookAgain();
      else this.#freed();
    });
  }
}
