/** The credit that all calls of one connection share, in both directions. */
import type { Call } from "./call.ts";
import { ReceiveWindow, SendCredit } from "./credit.ts";

/** What may be sent, what was promised, and who waits. */
export class ConnectionCredit {
  /** Nothing may be streamed before the peer has announced its windows. */
  readonly #send = new SendCredit(0);
  readonly #window: ReceiveWindow;
  /** Calls that have credit of their own and wait for the connection's. */
  readonly #blocked = new Set<Call>();

  /** @param windowBytes What this side promises to receive. */
  constructor(windowBytes: number) {
    this.#window = new ReceiveWindow(windowBytes);
  }

  /** Whether an item may be sent now. */
  get isOpen(): boolean {
    return this.#send.isOpen;
  }

  /** An item of so many bytes was sent. */
  spend(bytes: number): void {
    this.#send.spend(bytes);
  }

  /** A call waits until there is credit again. */
  block(call: Call): void {
    this.#blocked.add(call);
  }

  /** A call is over. */
  forget(call: Call): void {
    this.#blocked.delete(call);
  }

  /**
   * The receiver promised room for more.
   *
   * @throws WireError when it promises more than anybody could mean.
   */
  grant(bytes: number): void {
    this.#send.grant(bytes);
    // In the order in which they blocked; each takes one turn, so that none starves the others.
    for (const call of this.#blocked) {
      if (!this.#send.isOpen) return;
      this.#blocked.delete(call);
      call.unblock();
    }
  }

  /**
   * An item arrived.
   *
   * @throws WireError when the peer had no credit left to send it.
   */
  received(bytes: number): void {
    this.#window.received(bytes);
  }

  /** The application has taken so many bytes of items. Returns the credit to grant now, or 0. */
  consumed(bytes: number): number {
    return this.#window.consumed(bytes);
  }
}
