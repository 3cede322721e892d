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
  /** Calls that have credit of their own and wait for the connection's, in the order in which they asked. */
  #blocked: Set<Call> | undefined;
  /** The one of them that may send the next item. While it has not, there is credit, and nobody else sends. */
  #turn: Call | undefined;

  /** With what the two sides promise to receive; nothing may be streamed before the peer has announced it. */
  constructor(link: Pick<CallLink, "emit">, own: Windows, peer: Windows | undefined) {
    this.#link = link;
    this.#windowBytes = own.connectionWindowBytes;
    this.#send = new SendCredit(peer?.connectionWindowBytes ?? 0);
  }

  /** Whether there is credit, for whoever has its turn. */
  get isOpen(): boolean {
    return this.#send.isOpen;
  }

  /** Whether a call may send an item now. While others wait, only in its turn: or one that never waits would starve them. */
  admits(call: Call): boolean {
    if (!this.isOpen) return false;
    return this.#turn === undefined ? !this.#blocked?.size : this.#turn === call;
  }

  /** An item of so many bytes was sent. */
  spend(bytes: number): void {
    this.#send.spend(bytes);
    this.#turn = undefined;
    this.#next();
  }

  /** A call has an item, and waits for its turn. */
  block(call: Call): void {
    this.#blocked ??= new Set();
    this.#blocked.add(call);
    this.#next();
  }

  /** A call has nothing to send yet. */
  pass(call: Call): void {
    if (this.#turn !== call) return;
    this.#turn = undefined;
    this.#next();
  }

  /** A call is over. */
  forget(call: Call): void {
    this.#blocked?.delete(call);
    this.pass(call);
  }

  /**
   * The receiver promised room for more.
   *
   * @throws WireError when it promises more than anybody could mean.
   */
  grant(bytes: number): void {
    this.#send.grant(bytes);
    this.#next();
  }

  /**
   * An item arrived.
   *
   * @throws WireError when the peer had no credit left to send it.
   */
  received(bytes: number): void {
    this.#window ??= new ReceiveWindow(this.#windowBytes, 16);
    this.#window.received(bytes);
  }

  /** The application has taken so many bytes of items. */
  consumed(bytes: number): void {
    const grant = this.#window?.consumed(bytes) ?? 0;
    if (grant > 0) this.#link.emit({ kind: "credit", id: 0, bytes: grant });
  }

  /** Each takes one turn, and only who has one is woken: to wake a thousand for what a few may send costs more than to send it. */
  #next(): void {
    const blocked = this.#blocked;
    // Looked at behind each item, and mostly nobody waits.
    if (!blocked?.size || this.#turn !== undefined || !this.isOpen) return;
    for (const call of blocked) {
      blocked.delete(call);
      this.#turn = call;
      if (call.unblock()) return;
      this.#turn = undefined;
    }
  }
}
