/** Keeps a connection for as long as one is wanted: dials, greets, notices the end, and does what follows. */
import { closeCode, type ConcordatError, UpgradeRequiredError } from "@concordat/core";
import type { Transport, Welcome } from "@concordat/core/internal";
import type { ConnectionEnd } from "../socket/connection-end.ts";
import type { ClientState } from "./client-state.ts";
import { Connection, type ConnectionEar } from "./connection.ts";
import { Connections } from "./connections.ts";
import type { ConnectorOptions } from "./connector-options.ts";
import { Dialler, type DiallerEar } from "./dialler.ts";
import { Life } from "./life.ts";
import type { Negotiated } from "./negotiated.ts";
import { NoticeBoard } from "./notice-board.ts";
import { Objections } from "./objections.ts";
import { PendingCalls, type WaitingCall } from "./pending-calls.ts";
import { Redial } from "./redial.ts";
import {
  clientClosed,
  concernsCredentials,
  decidingCode,
  executedNothing,
  losesSession,
  notConnected,
  outcomeUnknown,
  refusedError,
} from "./refused.ts";
import { Survivor } from "./survivor.ts";

/** One client's connection, through all of its lives. */
export class Connector implements ConnectionEar, DiallerEar {
  readonly #options: ConnectorOptions;
  readonly pending: PendingCalls;
  readonly #redial: Redial;
  readonly #objections: Objections;
  readonly notices: NoticeBoard;
  readonly #dialler: Dialler;
  readonly #connections: Connections;
  readonly #life: Life;
  /** Open calls of the connection before, which the next one may go on with. */
  readonly #survivor: Survivor;
  /** Whether the present wait ends as soon as there is a call to make. */
  #callsDial = false;

  constructor(options: ConnectorOptions) {
    this.#options = options;
    this.#life = new Life(options.listeners);
    this.#connections = new Connections(options.clock);
    this.#survivor = new Survivor(options, () => this.#connections.breakOff());
    this.pending = new PendingCalls(options.clock, options.limits.callsInFlight);
    this.#redial = new Redial(options);
    this.#objections = new Objections(options, (error) => this.pending.fail(error));
    this.notices = new NoticeBoard(options);
    this.#dialler = new Dialler(options.dial, options.clock, this);
  }

  get state(): ClientState {
    return this.#life.state;
  }

  /** What was agreed on; `undefined` while there is no welcomed connection. */
  get negotiated(): Negotiated | undefined {
    return this.#connections.negotiated;
  }

  /** Takes a call: sends it, keeps it until it can be sent, or fails it. Dials where nobody has. */
  submit(call: WaitingCall, now?: number): void {
    const objection = this.#objections.to(this.state, this.#callsDial);
    if (objection !== undefined) return call.fail(objection);
    const connection = this.pending.size === 0 ? this.#connections.current : undefined;
    if (connection !== undefined && call.sendOn(connection, now)) return undefined;
    this.pending.add(call);
    return this.#dialForCalls();
  }

  /** A connection that is gone, or that leaves, did not send it: it goes before whatever was made later. */
  putBack(call: WaitingCall): void {
    const objection = this.#objections.to(this.state, this.#callsDial);
    if (objection !== undefined) return call.fail(objection);
    this.pending.addFirst([call]);
    // Others that are put back in the same turn go before it.
    this.#options.clock.endOfTurn(() => this.#connections.use((to) => this.pending.drain(to)));
    return this.#dialForCalls();
  }

  /** A call is over, whether it was sent or not. */
  withdraw(call: WaitingCall): void {
    this.pending.delete(call);
    this.#connections.settled(call);
  }

  /** The application wants a connection now. What stopped the client, or slowed it down, is forgotten. */
  wake(): void {
    if (this.#connections.current !== undefined || this.#dialler.isDialling) return;
    this.#redial.forget();
    this.#objections.forget();
    this.due();
  }

  /** A good moment to dial, such as a network that came back. */
  hurry(): void {
    if (this.#life.state === "waiting") this.due();
  }

  /** What stopped the client. */
  get refusal(): ConcordatError | undefined {
    return this.#objections.refusal;
  }

  /** Sends fresh credentials on what is open. */
  renew(): void {
    this.#redial.hadExpired = false;
    this.#connections.renew();
  }

  /** Timers may have been late: looks at the clock now. */
  look(): void {
    this.#connections.look();
  }

  /** The page goes to sleep, until {@link hurry}: a socket would stay at the server as a ghost. Nothing fails; where it may not wake, the server keeps nothing. */
  suspend(mayWake: boolean): void {
    this.#connections.close(closeCode.suspended, "suspended", mayWake ? undefined : 1000);
    this.#dialler.stop();
    this.#life.act("lost"); // where it was dialling
  }

  /** Ends everything. Open and waiting calls fail with `cancelled`. */
  close(): void {
    this.#dialler.stop();
    this.#objections.forget();
    this.#life.act("close");
    this.#failUnsent(clientClosed);
    this.#connections.abandon();
  }

  #dialForCalls(): void {
    if (this.#life.state === "idle" || this.#callsDial) this.due();
  }

  due(): void {
    this.#callsDial = this.#connections.isFull; // tried again when one of them has left
    if (!this.#callsDial && this.#life.act("dial")) this.#dialler.dial();
  }

  opened(transport: Transport, auth: unknown): void {
    const start = { transport, auth, resume: this.#survivor.resume };
    const limits = this.#redial.patient(this.#options.limits);
    const connection = new Connection({ ...this.#options, limits }, start, this);
    this.#connections.current = connection;
    this.pending.drain(connection);
    this.#life.act("open");
  }

  failed(end: ConnectionEnd): void {
    this.#over(end, []);
  }

  welcomed(connection: Connection, welcome: Welcome, isResumed: boolean): void {
    if (isResumed) this.#survivor.goesOn();
    else this.#survivor.gone();
    this.#connections.release();
    this.#redial.welcomed(this.#options.clock.now());
    this.#objections.forget();
    this.pending.addFirst(connection.takeEarly()); // what was dropped unread
    this.pending.drain(connection);
    this.#life.act("welcome");
    this.notices.welcome(welcome);
  }

  writable(connection: Connection): void {
    this.pending.drain(connection);
  }

  goaway(connection: Connection, withinMs: number): void {
    if (this.#leave(connection, withinMs)) this.#options.listeners.emit("goaway", withinMs);
  }

  usedUp(connection: Connection): void {
    this.#leave(connection, 0, Infinity);
  }

  #leave(connection: Connection, withinMs: number, closesInMs = withinMs): boolean {
    if (connection !== this.#connections.current) return false;
    const now = this.#options.clock.now();
    const { ms, atCall } = this.#redial.left(withinMs, now);
    this.#connections.retire(this.#options.loaded.inbox?.isListening === true, closesInMs);
    this.#callsDial = atCall;
    this.#dialler.dialAt(now + ms);
    this.#life.act("lost");
    if (this.pending.size > 0) this.#dialForCalls();
    return true;
  }

  ended(connection: Connection, end: ConnectionEnd): (() => ConcordatError) | undefined {
    const hadToWait = this.#connections.isFull;
    const part = this.#connections.delete(connection);
    if (part === "current") return this.#over(end, connection.takeEarly());
    if (part === "none") return clientClosed;
    const mayGoOn = this.refusal === undefined && this.#connections.current === undefined;
    const hasSurvived = mayGoOn && this.#survivor.keep(end);
    if (hasSurvived || (hadToWait && this.#callsDial)) this.#dialForCalls();
    return hasSurvived ? undefined : () => this.refusal ?? outcomeUnknown(end);
  }

  /**
   * A connection or an attempt has ended. Returns what makes the error of the calls that were open on it, or `undefined`
   * where the next connection may go on with them.
   */
  #over(end: ConnectionEnd, early: readonly WaitingCall[]): (() => ConcordatError) | undefined {
    const { clock, contracts, credentials, loaded } = this.#options;
    const now = clock.now();
    if (concernsCredentials(end)) credentials.distrust();
    if (executedNothing(end)) this.pending.addFirst(early);
    const verdict = this.#redial.ended(end, now, credentials.canRefresh);
    if (verdict.next === "refuse") return this.#refuse(verdict.error);
    if (losesSession(end)) this.#survivor.gone();
    const isIdle = this.pending.size === 0 && this.#survivor.resume === undefined;
    const mayRest = isIdle && loaded.inbox?.isListening !== true; // whoever listens needs the next one too
    if (verdict.next === "rest" && mayRest) {
      this.#life.over(end, this.#redial.failures);
      return () => outcomeUnknown(end);
    }
    this.#dialler.dialAt(now + verdict.ms);
    const isBehind = decidingCode(end) === closeCode["server-behind"];
    const error = isBehind ? refusedError(end, contracts) : undefined;
    this.#objections.lost(() => error ?? notConnected(end));
    const hasSurvived = this.#survivor.keep(end);
    const isNews = this.#objections.note(error);
    this.#life.over(end, this.#redial.failures, verdict.ms);
    if (isNews) this.#options.listeners.emit("serverOutdated", error);
    return hasSurvived ? undefined : () => outcomeUnknown(end);
  }

  #refuse(error: ConcordatError): () => ConcordatError {
    const reason = (): ConcordatError => error;
    this.#objections.forget();
    this.#objections.refusal = error;
    this.#connections.release();
    this.#failUnsent(reason);
    this.#life.act("refuse");
    if (error instanceof UpgradeRequiredError)
      this.#options.listeners.emit("upgradeRequired", error);
    return reason;
  }

  #failUnsent(reason: () => ConcordatError): void {
    if (this.pending.size > 0) this.pending.fail(reason());
    this.#survivor.fail(reason);
  }
}
