/** Keeps a connection for as long as one is wanted: dials, greets, notices the end, and does what follows. */
import {
  closeCode,
  type ConcordatError,
  ServerOutdatedError,
  UpgradeRequiredError,
} from "@concordat/core";
import type { Transport, Welcome } from "@concordat/core/internal";
import type { ConnectionEnd } from "../socket/connection-end.ts";
import type { ClientState } from "./client-state.ts";
import { Connection } from "./connection.ts";
import { Connections } from "./connections.ts";
import type { ConnectorOptions } from "./connector-options.ts";
import { Dialler } from "./dialler.ts";
import { Life } from "./life.ts";
import type { Negotiated } from "./negotiated.ts";
import { NoticeBoard } from "./notice-board.ts";
import { PendingCalls, type WaitingCall } from "./pending-calls.ts";
import { Redial } from "./redial.ts";
import {
  clientClosed,
  concernsCredentials,
  executedNothing,
  notConnected,
  outcomeUnknown,
  refusedError,
} from "./refused.ts";
import { ServerBehind } from "./server-behind.ts";
import { isMissed, Survivor } from "./survivor.ts";

/** One client's connection, through all of its lives. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #pending: PendingCalls;
  readonly #redial: Redial;
  readonly #behind: ServerBehind;
  readonly #notices: NoticeBoard;
  readonly #dialler: Dialler;
  readonly #connections = new Connections();
  readonly #life: Life;
  /** Open calls of the connection before, which the next one may go on with. */
  #survivor: Survivor | undefined;
  #refusal: ConcordatError | undefined;
  #lastEnd: ConnectionEnd | undefined;
  /** Whether the present wait ends as soon as there is a call to make. */
  #callsDial = false;

  constructor(options: ConnectorOptions) {
    const { clock, listeners, serverOutdatedAfterMs } = options;
    this.#options = options;
    this.#life = new Life(listeners);
    this.#pending = new PendingCalls(clock);
    this.#redial = new Redial(options);
    this.#behind = new ServerBehind(clock, serverOutdatedAfterMs, (error) =>
      this.#pending.fail(error),
    );
    this.#notices = new NoticeBoard(options);
    this.#dialler = new Dialler({
      dial: options.dial,
      clock,
      due: () => this.#dial(),
      opened: (transport, auth) => this.#opened(transport, auth),
      failed: (end) => this.#ended(end, []),
    });
  }

  get state(): ClientState {
    return this.#life.state;
  }

  /** What was agreed on; `undefined` while there is no welcomed connection. */
  get negotiated(): Negotiated | undefined {
    return this.#connections.negotiated;
  }

  /** Takes a call: sends it, keeps it until it can be sent, or fails it. Dials where nobody has. */
  submit(call: WaitingCall): void {
    const { state } = this.#life;
    const objection = state === "closed" ? clientClosed() : (this.#refusal ?? this.#behind.error);
    if (objection !== undefined) return call.fail(objection);
    const connection = this.#pending.size === 0 ? this.#connections.current : undefined;
    if (connection !== undefined && call.sendOn(connection)) return undefined;
    const isWait = state === "waiting" && !this.#callsDial;
    if (isWait && this.#lastEnd !== undefined && this.#options.whenDisconnected === "fail") {
      return call.fail(notConnected(this.#lastEnd));
    }
    this.#pending.add(call);
    if (state === "idle" || this.#callsDial) this.#dial();
    return undefined;
  }

  /** A call is over, whether it was sent or not. */
  withdraw(call: WaitingCall): void {
    this.#pending.delete(call);
    this.#connections.settled(call);
  }

  /** The application wants a connection now. What stopped the client, or slowed it down, is forgotten. */
  wake(): void {
    if (this.#connections.current !== undefined || this.#dialler.isDialling) return;
    this.#refusal = undefined;
    this.#redial.forget();
    this.#behind.forget();
    this.#dial();
  }

  /** A good moment to dial, such as a network that came back. */
  hurry(): void {
    if (this.#life.state === "waiting") this.#dial();
  }

  /** What stopped the client. */
  get refusal(): ConcordatError | undefined {
    return this.#refusal;
  }

  /** Sends fresh credentials on what is open. */
  renew(): void {
    this.#connections.renew();
  }

  /** Timers may have been late: looks at the clock now. */
  look(): void {
    this.#connections.look();
  }

  /** The page goes to sleep: a socket left open would stay at the server as a ghost. */
  suspend(): void {
    this.#connections.close(closeCode.suspended, "suspended");
  }

  /** Ends everything. Open and waiting calls fail with `cancelled`. */
  close(): void {
    this.#dialler.stop();
    this.#behind.forget();
    this.#life.act("close");
    this.#failUnsent(clientClosed());
    this.#connections.abandon();
  }

  #dial(): void {
    this.#callsDial = this.#connections.isFull; // tried again when one of them has left
    if (this.#callsDial) return;
    if (this.#life.act("dial")) this.#dialler.dial();
  }

  #opened(transport: Transport, auth: unknown): void {
    const start = { transport, auth, resume: this.#survivor?.resume };
    const connection = new Connection(this.#options, start, {
      welcomed: (from, welcome, isResumed) => this.#welcomed(from, welcome, isResumed),
      writable: (from) => this.#pending.drain(from),
      goaway: (from, withinMs) => this.#leave(from, withinMs),
      usedUp: (from) => this.#leave(from, undefined),
      notice: (notice) => this.#notices.tell(notice),
      ended: (from, end) => this.#connectionEnded(from, end),
    });
    this.#connections.current = connection;
    this.#pending.drain(connection);
    this.#life.act("open");
  }

  #welcomed(connection: Connection, welcome: Welcome, isResumed: boolean): void {
    if (isResumed) this.#survivor?.goesOn();
    else if (this.#lastEnd !== undefined) this.#survivor?.fail(outcomeUnknown(this.#lastEnd));
    this.#survivor = undefined;
    this.#redial.welcomed(this.#options.clock.now());
    this.#behind.forget();
    this.#pending.drain(connection);
    this.#life.act("welcome");
    this.#notices.welcome(welcome);
  }

  /** @param withinMs When the server leaves; `undefined` where it is only that no call can be made there any more. */
  #leave(connection: Connection, withinMs: number | undefined): void {
    if (connection !== this.#connections.current) return;
    const now = this.#options.clock.now();
    const { ms, atCall } = this.#redial.left(withinMs ?? 0, now);
    this.#connections.retire();
    this.#callsDial = atCall;
    this.#dialler.dialAt(now + ms);
    this.#life.act("lost");
    if (withinMs !== undefined) this.#options.listeners.emit("goaway", withinMs);
  }

  #connectionEnded(connection: Connection, end: ConnectionEnd): ConcordatError | undefined {
    const hadToWait = this.#connections.isFull;
    const part = this.#connections.delete(connection);
    if (part === "current") return this.#ended(end, connection.takeEarly());
    if (part === "none") return clientClosed();
    if (hadToWait && this.#callsDial) this.#dial();
    return this.#refusal ?? outcomeUnknown(end);
  }

  /**
   * A connection or an attempt has ended. Returns the error of the calls that were open on it, or `undefined` where
   * the next connection may go on with them.
   */
  #ended(end: ConnectionEnd, early: readonly WaitingCall[]): ConcordatError | undefined {
    const { clock, contracts, whenDisconnected } = this.#options;
    const now = clock.now();
    this.#lastEnd = end;
    if (concernsCredentials(end)) this.#options.credentials.distrust();
    if (executedNothing(end)) this.#pending.addFirst(early);
    const verdict = this.#redial.ended(end, now);
    if (verdict.next === "refuse") return this.#refuse(verdict.error);
    if (verdict.next === "rest" && this.#pending.size === 0 && this.#survivor === undefined) {
      this.#life.act("rest");
      return outcomeUnknown(end);
    }
    this.#dialler.dialAt(now + verdict.ms);
    const error = refusedError(end, contracts);
    const isOutdated = error instanceof ServerOutdatedError;
    if (whenDisconnected === "fail") this.#pending.fail(isOutdated ? error : notConnected(end));
    const hasSurvived = this.#keepSurvivor(end);
    const isNews = isOutdated && this.#behind.note(error);
    this.#life.act("lost");
    if (isNews) this.#options.listeners.emit("serverOutdated", error);
    return hasSurvived ? undefined : outcomeUnknown(end);
  }

  #keepSurvivor(end: ConnectionEnd): boolean {
    if (!isMissed(end.survivor, this.#options.inbox)) return false;
    const survivor = new Survivor(this.#options.clock, end.survivor, () => {
      survivor.fail(outcomeUnknown(end));
      this.#survivor = undefined;
      // A hello that promised to go on with them is no longer true.
      const { current } = this.#connections;
      if (current?.isOpen === false) current.close(1000, "");
    });
    this.#survivor = survivor;
    return true;
  }

  #refuse(error: ConcordatError): ConcordatError {
    this.#refusal = error;
    this.#behind.forget();
    this.#failUnsent(error);
    this.#life.act("refuse");
    if (error instanceof UpgradeRequiredError) {
      this.#options.listeners.emit("upgradeRequired", error);
    }
    return error;
  }

  #failUnsent(error: ConcordatError): void {
    this.#pending.fail(error);
    this.#survivor?.fail(error);
    this.#survivor = undefined;
  }
}
