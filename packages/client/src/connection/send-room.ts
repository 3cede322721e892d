/** Whether a socket takes another request now: what is handed to it faster than it sends waits in its memory. */
import type { Clock, Transport } from "@concordat/core/internal";
import { Alarm } from "./alarm.ts";

/** How often a full socket is looked at: no WebSocket says when it has sent. */
const lookEveryMs = 10;

/** The room in one socket. */
export class SendRoom {
  readonly #transport: Pick<Transport, "bufferedBytes">;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  readonly #freed: () => void;
  readonly #alarm: Alarm;
  /** What was taken in this turn, and leaves at its end. */
  #takenBytes = 0;

  /**
   * @param maxBytes Kept free of the bound beyond which a connection counts as stuck.
   * @param freed Told when there is room again after {@link take} has said no.
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
    this.#alarm = new Alarm(clock);
  }

  /** Takes room for so many bytes. An empty socket takes a request of any size. */
  take(bytes: number): boolean {
    const waiting = this.#transport.bufferedBytes + this.#takenBytes;
    if (waiting > 0 && waiting + bytes > this.#maxBytes) {
      this.#lookAgain();
      return false;
    }
    if (this.#takenBytes === 0) this.#clock.endOfTurn(() => (this.#takenBytes = 0));
    this.#takenBytes += bytes;
    return true;
  }

  /** The socket is gone. */
  close(): void {
    this.#alarm.clear();
  }

  #lookAgain(): void {
    this.#alarm.set(this.#clock.now() + lookEveryMs, () => {
      if (this.#transport.bufferedBytes * 2 > this.#maxBytes) this.#lookAgain();
      else this.#freed();
    });
  }
}
