/** Keeps a connection for as long as one is wanted: dials, greets, notices the end, and does what follows. */
import {
  closeCode,
  ConcordatError,
  ServerOutdatedError,
  UpgradeRequiredError,
} from "@concordat/core";
import type { Transport, Welcome } from "@concordat/core/internal";
import type { Listeners } from "../listeners.ts";
import type { ConnectionEnd } from "../socket/connection-end.ts";
import { dial, type DialOptions } from "../socket/dial.ts";
import { Alarm } from "./alarm.ts";
import type { ClientEvents } from "./client-events.ts";
import { type ClientAct, type ClientState, clientTransitions } from "./client-state.ts";
import { Connection, type ConnectionOptions } from "./connection.ts";
import { NoticeBoard } from "./notice-board.ts";
import { PendingCalls, type WaitingCall } from "./pending-calls.ts";
import { Redial, type RedialOptions } from "./redial.ts";
import { executedNothing, notConnected, outcomeUnknown, refusedError } from "./refused.ts";
import { ServerBehind } from "./server-behind.ts";

/** What a connector needs. */
export interface ConnectorOptions extends DialOptions, ConnectionOptions, RedialOptions {
  readonly contracts: ConnectionOptions["contracts"];
  /** What becomes of calls while there is no connection. */
  readonly whenDisconnected: "wait" | "fail";
  /** How long calls wait while the server is older than this client. */
  readonly serverOutdatedAfterMs: number;
  readonly listeners: Listeners<ClientEvents>;
}

/** Connections that finish their calls after a `goaway`. With the one for new calls there are at most two. */
const mostLeaving = 1;

/** After a `goaway` and without a call to make, the next connection is made within so long, at random. */
const moveWithinMs = 5_000;

/** One client's connection, through all of its lives. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #pending: PendingCalls;
  readonly #redial: Redial;
  readonly #behind: ServerBehind;
  readonly #notices: NoticeBoard;
  readonly #nextDial: Alarm;
  readonly #leaving = new Set<Connection>();
  #state: ClientState = "idle";
  /** The one for new calls, from its hello on. */
  #connection: Connection | undefined;
  #callOffDial: (() => void) | undefined;
  #refusal: ConcordatError | undefined;
  #lastEnd: ConnectionEnd | undefined;
  /** Whether the present wait ends as soon as there is a call to make. */
  #callsDial = false;

  constructor(options: ConnectorOptions) {
    const { clock, listeners, serverOutdatedAfterMs } = options;
    this.#options = options;
    this.#pending = new PendingCalls(clock);
    this.#redial = new Redial(options);
    this.#behind = new ServerBehind(clock, serverOutdatedAfterMs, (error) =>
      this.#pending.fail(error),
    );
    this.#notices = new NoticeBoard(listeners);
    this.#nextDial = new Alarm(clock);
  }

  get state(): ClientState {
    return this.#state;
  }

  /** The negotiated release of each contract; empty while there is no welcomed connection. */
  get releases(): ReadonlyMap<string, string> {
    return this.#connection?.isOpen === true ? this.#connection.negotiated.releases : new Map();
  }

  /** Takes a call: sends it, keeps it until it can be sent, or fails it. Dials where nobody has. */
  submit(call: WaitingCall): void {
    const objection = this.#state === "closed" ? closed() : (this.#refusal ?? this.#behind.error);
    if (objection !== undefined) return call.fail(objection);
    const connection = this.#pending.size === 0 ? this.#connection : undefined;
    if (connection !== undefined && call.sendOn(connection)) return undefined;
    const isWait = this.#state === "waiting" && !this.#callsDial;
    if (isWait && this.#lastEnd !== undefined && this.#options.whenDisconnected === "fail") {
      return call.fail(notConnected(this.#lastEnd));
    }
    this.#pending.add(call);
    if (this.#state === "idle" || this.#callsDial) this.#dial();
    return undefined;
  }

  /** A call is over, whether it was sent or not. */
  withdraw(call: WaitingCall): void {
    this.#pending.delete(call);
    this.#connection?.settled(call);
    for (const connection of this.#leaving) connection.settled(call);
  }

  /** The application wants a connection now. What stopped the client, or slowed it down, is forgotten. */
  wake(): void {
    if (this.#connection !== undefined || this.#callOffDial !== undefined) return;
    this.#refusal = undefined;
    this.#redial.forget();
    this.#behind.forget();
    this.#dial();
  }

  /** A good moment to dial, such as a network that came back. */
  hurry(): void {
    if (this.#state === "waiting") this.#dial();
  }

  /** Timers may have been late: looks at the clock now. */
  look(): void {
    for (const connection of this.#connections()) connection.look();
  }

  /** The page goes to sleep: a socket left open would stay at the server as a ghost. */
  suspend(): void {
    for (const connection of this.#connections()) {
      connection.close(closeCode.suspended, "suspended");
    }
  }

  /** Ends everything. Open and waiting calls fail with `cancelled`. */
  close(): void {
    const connections = this.#connections();
    this.#connection = undefined;
    this.#leaving.clear();
    this.#callOffDial?.();
    this.#callOffDial = undefined;
    this.#nextDial.clear();
    this.#behind.forget();
    this.#act("close");
    this.#pending.fail(closed());
    for (const connection of connections) connection.close(1000, "");
  }

  #connections(): readonly Connection[] {
    return [...this.#leaving, ...(this.#connection === undefined ? [] : [this.#connection])];
  }

  #dial(): void {
    if (this.#leaving.size > mostLeaving) return; // tried again when one of them has left
    this.#nextDial.clear();
    this.#callsDial = false;
    if (!this.#act("dial")) return;
    this.#callOffDial = dial(this.#options, {
      opened: (transport, auth) => this.#opened(transport, auth),
      failed: (end) => {
        this.#callOffDial = undefined;
        this.#ended(end, []);
      },
    });
  }

  #opened(transport: Transport, auth: unknown): void {
    this.#callOffDial = undefined;
    const connection = new Connection(this.#options, transport, auth, {
      welcomed: (from, welcome) => this.#welcomed(from, welcome),
      goaway: (from, withinMs) => this.#goaway(from, withinMs),
      notice: (notice) => this.#notices.tell(notice),
      ended: (from, end) => this.#connectionEnded(from, end),
    });
    this.#connection = connection;
    this.#pending.drain(connection);
    this.#act("open");
  }

  #welcomed(connection: Connection, welcome: Welcome): void {
    this.#redial.welcomed(this.#options.clock.now());
    this.#behind.forget();
    this.#pending.drain(connection);
    this.#act("welcome");
    this.#notices.welcome(welcome);
  }

  #goaway(connection: Connection, withinMs: number): void {
    if (connection !== this.#connection) return;
    const { clock, random, listeners } = this.#options;
    this.#connection = undefined;
    this.#leaving.add(connection);
    connection.leave();
    this.#callsDial = true;
    const afterMs = random() * Math.min(withinMs / 2, moveWithinMs);
    this.#nextDial.set(clock.now() + afterMs, () => this.#dial());
    this.#act("lost");
    listeners.emit("goaway", withinMs);
  }

  #connectionEnded(connection: Connection, end: ConnectionEnd): ConcordatError {
    if (this.#leaving.delete(connection)) {
      // A dial may have been waiting for its place.
      if (this.#callsDial && this.#pending.size > 0) this.#dial();
      return outcomeUnknown(end);
    }
    if (connection !== this.#connection) return closed();
    this.#connection = undefined;
    return this.#ended(end, connection.takeEarly());
  }

  /** A connection or an attempt has ended. Returns the error of the calls that were open on it. */
  #ended(end: ConnectionEnd, early: readonly WaitingCall[]): ConcordatError {
    const { clock, contracts, whenDisconnected } = this.#options;
    const now = clock.now();
    this.#lastEnd = end;
    if (executedNothing(end)) this.#pending.addFirst(early);
    const verdict = this.#redial.ended(end, now);
    if (verdict.next === "refuse") return this.#refuse(verdict.error);
    if (verdict.next === "rest" && this.#pending.size === 0) this.#act("rest");
    else {
      this.#nextDial.set(now + verdict.ms, () => this.#dial());
      const error = refusedError(end, contracts);
      if (whenDisconnected === "fail") this.#pending.fail(failure(error, end));
      this.#act("lost");
      if (error instanceof ServerOutdatedError) this.#noteBehind(error);
    }
    return outcomeUnknown(end);
  }

  #refuse(error: ConcordatError): ConcordatError {
    this.#refusal = error;
    this.#behind.forget();
    this.#pending.fail(error);
    this.#act("refuse");
    if (error instanceof UpgradeRequiredError) {
      this.#options.listeners.emit("upgradeRequired", error);
    }
    return error;
  }

  #noteBehind(error: ServerOutdatedError): void {
    if (this.#behind.note(error)) this.#options.listeners.emit("serverOutdated", error);
  }

  #act(act: ClientAct): boolean {
    const next = clientTransitions[this.#state][act];
    if (next === undefined) return false;
    this.#state = next;
    this.#options.listeners.emit("state", next);
    return true;
  }
}

function failure(error: ConcordatError, end: ConnectionEnd): ConcordatError {
  return error instanceof ServerOutdatedError ? error : notConnected(end);
}

function closed(): ConcordatError {
  return new ConcordatError("cancelled", "The client was closed. Call connect() to use it again.");
}
