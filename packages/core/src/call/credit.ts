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
  /** Less is not granted: credit shall not cost a frame for each item. */
  readonly #least: number;
  /** What the peer may still send. */
  #promised: number;
  /** Consumed, and not promised anew yet. */
  #consumed = 0;

  /**
   * @param part Which part of it is granted at least: half of it by default. Where many take what came, those that stopped
   * hold a part of the window, and the others, who go on with the rest, would wait for ever for half of it all.
   */
  constructor(size: number, part = 2) {
    this.#least = size / part;
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
   * @returns the credit to grant now; 0 while less was consumed than may still be sent.
   */
  consumed(bytes: number): number {
    this.#consumed += bytes;
    if (this.#consumed < this.#least || this.#consumed < this.#promised) return 0;
    const grant = this.#consumed;
    this.#consumed = 0;
    this.#promised += grant;
    return grant;
  }
}
