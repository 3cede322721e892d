/** The flow control of one call that streams: what it may send, and what it was promised to receive. */
import { ReceiveWindow, SendCredit } from "./credit.ts";

/** One call's credit in both directions. */
export class StreamFlow {
  readonly credit: SendCredit;
  readonly #window: ReceiveWindow;
  #unconsumed = 0;

  /**
   * @param sendCredit What may be sent before the first grant.
   * @param windowBytes The window that was promised to the peer.
   */
  constructor(sendCredit: number, windowBytes: number) {
    this.credit = new SendCredit(sendCredit);
    this.#window = new ReceiveWindow(windowBytes);
  }

  /**
   * The peer granted credit. Returns whether items may be sent that could not be sent before.
   *
   * @throws WireError when it promises more than anybody could mean.
   */
  grant(bytes: number): boolean {
    const wasOpen = this.credit.isOpen;
    this.credit.grant(bytes);
    return !wasOpen && this.credit.isOpen;
  }

  /**
   * An item of so many bytes arrived.
   *
   * @throws WireError when the peer had no credit left to send it.
   */
  received(bytes: number): void {
    this.#window.received(bytes);
    this.#unconsumed += bytes;
  }

  /** The application has taken so many bytes of items. Returns the credit to grant now, or 0. */
  consumed(bytes: number): number {
    this.#unconsumed -= bytes;
    return this.#window.consumed(bytes);
  }

  /** What came and was not consumed; from now on it counts as consumed. */
  takeUnconsumed(): number {
    const bytes = this.#unconsumed;
    this.#unconsumed = 0;
    return bytes;
  }
}
