/** The connection for new calls, and those that only finish theirs. */
import { type Clock, WakeUp } from "@concordat/core/internal";
import type { Connection } from "./connection.ts";
import type { Negotiated } from "./negotiated.ts";
import type { WaitingCall } from "./pending-calls.ts";

/** Connections that finish their calls after a `goaway`. With the one for new calls there are at most two. */
const mostLeaving = 1;

/** So much later than its server promised a connection is closed that others wait for: the close may be on its way. */
const overdueMs = 10_000;

/** What a connection was when it ended. */
export type ConnectionPart = "current" | "leaving" | "none";

/** All connections of one client. */
export class Connections {
  readonly #clock: Clock;
  readonly #overdue: WakeUp;
  /** With the moment at which its server will have closed it. */
  readonly #leaving = new Map<Connection, number>();
  /** The one for new calls, from its hello on. */
  current: Connection | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#overdue = new WakeUp(clock);
  }

  /** What was agreed on with the one for new calls; `undefined` before its welcome, and while there is none. */
  get negotiated(): Negotiated | undefined {
    return this.current?.isOpen === true ? this.current.negotiated : undefined;
  }

  /** Whether another one has to wait until one has left. */
  get isFull(): boolean {
    return this.#leaving.size > mostLeaving;
  }

  /**
   * The current one takes no new calls any more.
   *
   * @param isMissed Whether something would be lost between its end and the next welcome: then it stays until that is
   * there; or the one before does, where there is one that leaves as well, because there is room for one of them.
   * @param closesInMs When its server will have closed it; `Infinity` where it did not say so.
   */
  retire(isMissed: boolean, closesInMs: number): void {
    const { current } = this;
    if (current === undefined) return;
    const [first = current] = this.#leaving.keys();
    this.#leaving.set(current, this.#clock.now() + closesInMs);
    this.current = undefined;
    // One of the two has to make room: where both have calls, whichever ends them first.
    if (isMissed && current.isIdle && first.isOpen) first.stay();
    else if (isMissed && (first === current || first.isIdle)) current.stay();
    current.leave();
    this.#watch();
  }

  /** Another one has taken over, or none will. */
  release(): void {
    for (const connection of this.#leaving.keys()) connection.release();
  }

  /** Forgets one that has ended. Returns what it was; `none` where all were forgotten before. */
  delete(connection: Connection): ConnectionPart {
    if (this.#leaving.delete(connection)) {
      this.#watch();
      return "leaving";
    }
    if (connection !== this.current) return "none";
    this.current = undefined;
    return "current";
  }

  /** Does something with the one for new calls, where there is one. */
  use(act: (connection: Connection) => void): void {
    if (this.current !== undefined) act(this.current);
  }

  /** What the hello under way promises to go on with is gone: another one has to be said. */
  breakOff(): void {
    if (this.current?.isOpen === false) this.current.close(1000, "");
  }

  /** A call is over, wherever it ran. */
  settled(call: WaitingCall): void {
    this.current?.settled(call);
    if (this.#leaving.size > 0)
      for (const connection of this.#leaving.keys()) connection.settled(call);
  }

  /** Sends fresh credentials on all: calls still run on those that leave. */
  renew(): void {
    for (const connection of this.#all()) connection.renew();
  }

  /** Looks at the clock now. */
  look(): void {
    for (const connection of this.#all()) connection.look();
  }

  /** Closes all. */
  close(code: number, reason: string, told?: number): void {
    for (const connection of this.#all()) connection.close(code, reason, told);
  }

  /** Closes all, and forgets them first: their ends are nobody's concern. */
  abandon(): void {
    const all = this.#all();
    this.current = undefined;
    this.#leaving.clear();
    this.#watch();
    for (const connection of all) connection.close(1000, "");
  }

  /** Where another one has to wait, a server that breaks its word must not keep it waiting for ever. */
  #watch(): void {
    const closedAt = this.isFull ? Math.min(...this.#leaving.values()) : Infinity;
    if (closedAt === Infinity) return this.#overdue.clear();
    return this.#overdue.set(closedAt + overdueMs, () => {
      for (const [connection, at] of this.#leaving) if (at === closedAt) connection.close(1000, "");
    });
  }

  #all(): readonly Connection[] {
    return [...this.#leaving.keys(), ...(this.current === undefined ? [] : [this.current])];
  }
}
