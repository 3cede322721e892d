/** Calls that wait for a connection, each until its deadline. */
import { ConcordatError } from "@concordat/core";
import type { Clock } from "@concordat/core/internal";
import type { Connection } from "./connection.ts";

/** Something that wants a connection: a call, or a `connect()`. */
export interface WaitingCall {
  /** When it stops waiting, or `undefined` for never. */
  readonly deadline: number | undefined;
  /**
   * A connection may take it.
   *
   * @param now Where it was looked at just before: the clock is a fortieth of what a small call costs.
   * @returns whether it needs to wait no more: it was sent, or has failed by itself. `false` where it has to wait for
   * the welcome, or for room in the socket.
   */
  sendOn(connection: Connection, now?: number): boolean;
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
  readonly #most: number;
  /** Each with what calls its timer off. */
  #calls = new Map<WaitingCall, () => void>();

  /** @param most So many a connection takes, and fails the others. */
  constructor(clock: Clock, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  get size(): number {
    return this.#calls.size;
  }

  /**
   * Looks whether one more may wait for a connection.
   *
   * @throws ConcordatError `resource_exhausted` where so many do already that none would take it.
   */
  checkRoom(): void {
    if (this.size < this.#most) return;
    const message = `No more calls than ${this.#most} may wait for a connection; wait for one to end.`;
    throw new ConcordatError("resource_exhausted", message, { notExecuted: true });
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
