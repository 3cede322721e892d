/** Calls that wait for a connection, each until its deadline. */
import type { ConcordatError } from "@concordat/core";
import type { Clock } from "@concordat/core/internal";
import type { Connection } from "./connection.ts";

/** Something that wants a connection: a call, or a `connect()`. */
export interface WaitingCall {
  /** When it stops waiting, or `undefined` for never. */
  readonly deadline: number | undefined;
  /**
   * A connection may take it.
   *
   * @returns whether it needs to wait no more: it was sent, or has failed by itself. `false` where it has to wait for
   * the welcome, or for room in the socket.
   */
  sendOn(connection: Connection): boolean;
  /** It was sent ahead of a welcome that never came, or dropped it, and provably not executed: it waits again. */
  unsend(): void;
  /** Its deadline has passed. */
  expire(): void;
  /** It will not be sent. */
  fail(error: ConcordatError): void;
}

/** The queue, in the order in which the calls were made. */
export class PendingCalls {
  readonly #clock: Clock;
  /** Each with what calls its timer off. */
  #calls = new Map<WaitingCall, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#calls.size;
  }

  add(call: WaitingCall): void {
    const { deadline } = call;
    const callOff =
      deadline === undefined ? nothing : this.#clock.wakeAt(deadline, () => call.expire());
    this.#calls.set(call, callOff);
  }

  /** Puts calls back that were sent before those that wait. */
  addFirst(calls: readonly WaitingCall[]): void {
    const later = this.#calls;
    this.#calls = new Map();
    for (const call of calls) {
      call.unsend();
      this.add(call);
    }
    for (const [call, callOff] of later) this.#calls.set(call, callOff);
  }

  /** Takes one out: it was sent, or has ended. */
  delete(call: WaitingCall): void {
    if (this.#calls.size === 0) return; // as at the end of most calls
    this.#calls.get(call)?.();
    this.#calls.delete(call);
  }

  /** Sends what can be sent, in order, up to the first that has to wait on. */
  drain(connection: Connection): void {
    for (const call of this.#calls.keys()) {
      if (!call.sendOn(connection)) return;
      this.delete(call);
    }
  }

  /** Fails all. */
  fail(error: ConcordatError): void {
    for (const call of this.#calls.keys()) {
      this.delete(call);
      call.fail(error);
    }
  }
}

function nothing(): void {
  // A call without a deadline has no timer.
}
