/** The credit that all calls of one connection share, in both directions. */
import type { Limits } from "../wire/limits.ts";
import type { Call, CallLink } from "./call.ts";
import { ReceiveWindow, SendCredit } from "./credit.ts";

type Windows = Pick<Limits, "connectionWindowBytes">;

/** What may be sent, what was promised, and who waits. */
export class ConnectionCredit {
  readonly #link: Pick<CallLink, "emit">;
  readonly #send: SendCredit;
  readonly #windowBytes: number;
  // Made when they are needed: most connections are idle most of the time.
  #window: ReceiveWindow | undefined;
  /** Calls that have credit of their own and wait for the connection's. */
  #blocked: Set<Call> | undefined;

  /** With what the two sides promise to receive; nothing may be streamed before the peer has announced it. */
  constructor(link: Pick<CallLink, "emit">, own: Windows, peer: Windows | undefined) {
    this.#link = link;
    this.#windowBytes = own.connectionWindowBytes;
    this.#send = new SendCredit(peer?.connectionWindowBytes ?? 0);
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
    this.#blocked ??= new Set();
    this.#blocked.add(call);
  }

  /** A call is over. */
  forget(call: Call): void {
    this.#blocked?.delete(call);
  }

  /**
   * The receiver promised room for more.
   *
   * @throws WireError when it promises more than anybody could mean.
   */
  grant(bytes: number): void {
    this.#send.grant(bytes);
    // In the order in which they blocked; each takes one turn, so that none starves the others.
    for (const call of this.#blocked ?? []) {
      if (!this.#send.isOpen) return;
      this.#blocked?.delete(call);
      call.unblock();
    }
  }

  /**
   * An item arrived.
   *
   * @throws WireError when the peer had no credit left to send it.
   */
  received(bytes: number): void {
    this.#window ??= new ReceiveWindow(this.#windowBytes);
    this.#window.received(bytes);
  }

  /** The application has taken so many bytes of items. */
  consumed(bytes: number): void {
    const grant = this.#window?.consumed(bytes) ?? 0;
    if (grant > 0) this.#link.emit({ kind: "credit", id: 0, bytes: grant });
  }
}
