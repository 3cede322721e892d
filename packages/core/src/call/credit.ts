/** Flow control by bytes: what may still be sent, and what was promised to be received. */
import { WireError } from "../wire/wire-error.ts";

/** More credit than this is a peer's mistake: nobody promises two gigabytes of memory. */
const maxCredit = 0x7fffffff;

/**
 * What this side may still send, on one call or on the whole connection.
 *
 * An item may be sent while any credit is left, and may take it below zero: an item larger than the window
 * would otherwise wait for ever.
 */
export class SendCredit {
  #left: number;

  constructor(initial: number) {
    this.#left = initial;
  }

  /** Whether an item may be sent now. */
  get isOpen(): boolean {
    return this.#left > 0;
  }

  /** An item of so many bytes was sent. */
  spend(bytes: number): void {
    this.#left -= bytes;
  }

  /**
   * The receiver promised room for more.
   *
   * @throws WireError when it promises more than anybody could mean.
   */
  grant(bytes: number): void {
    this.#left += bytes;
    if (this.#left > maxCredit)
      throw new WireError("credit over 2 GiB was granted", "flow-control");
  }
}

/** What this side promised to receive, on one call or on the whole connection. */
export class ReceiveWindow {
  readonly #size: number;
  /** What the peer may still send. */
  #promised: number;
  /** Consumed, and not promised anew yet. */
  #consumed = 0;

  constructor(size: number) {
    this.#size = size;
    this.#promised = size;
  }

  /**
   * An item of so many bytes arrived.
   *
   * @throws WireError when the peer had no credit left to send it.
   */
  received(bytes: number): void {
    if (this.#promised <= 0) throw new WireError("an item was sent without credit", "flow-control");
    this.#promised -= bytes;
  }

  /**
   * The application has taken so many bytes out of its queue.
   *
   * @returns the credit to grant now; 0 while less than half of the window was consumed, so that credit does not
   * cost a frame for each item.
   */
  consumed(bytes: number): number {
    this.#consumed += bytes;
    if (this.#consumed * 2 < this.#size) return 0;
    const grant = this.#consumed;
    this.#consumed = 0;
    this.#promised += grant;
    return grant;
  }
}
