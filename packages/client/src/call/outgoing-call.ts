/** One call of whatever kind, from the application's act to its one end: waiting, sent, over. */
import { ConcordatError, type Metadata } from "@concordat/core";
import { type Call, type CallEar, endOfOwnCall, nil, noMetadata } from "@concordat/core/internal";
import type { Connection } from "../connection/connection.ts";
import type { WaitingCall } from "../connection/pending-calls.ts";
import { joined } from "./call-defaults.ts";
import type { CallPlan } from "./call-plan.ts";
import type { Caller } from "./caller.ts";
import { timeoutOf } from "./deadline.ts";
import { GivingUp } from "./giving-up.ts";
import type { BoundProcedure } from "./procedure.ts";
import type { RequestStream } from "./request-stream.ts";
import type { StreamProgress } from "./stream-progress.ts";
import { submitLater } from "./submit-later.ts";

/** The owner of an outgoing call. `finished` or `failed` is told last, once, unless the owner drops it before. What comes is in the form that was `spoken`. */
export interface OutgoingEar {
  item(payload: Uint8Array, spoken: BoundProcedure): void;
  finished(payload: Uint8Array | undefined, spoken: BoundProcedure): void;
  failed(error: ConcordatError): void;
}

/** A call on its way. */
export class OutgoingCall implements WaitingCall, CallEar {
  readonly #caller: Caller;
  readonly #plan: CallPlan;
  /** None where nothing can give it up: most calls have no signal. */
  readonly #givingUp: GivingUp | undefined;
  readonly #ear: OutgoingEar;
  readonly #requests: RequestStream | undefined;
  #metadata = noMetadata;
  #timeoutMs: number | undefined;
  deadline: number | undefined;
  #call: Call | undefined;
  /** The procedure in the form in which it was sent. */
  #spoken: BoundProcedure;
  /** Where it was sent. */
  #connection: Connection | undefined;
  /** How often it was made. */
  #made = 1;
  /** Whether anything of the answer has come: from there on it is not made again. */
  #hasBegun = false;
  /** Of a stream of responses. */
  readonly #progress: StreamProgress | undefined;
  #callOff: (() => void) | undefined;
  #isOver = false;

  constructor(caller: Caller, plan: CallPlan, ear: OutgoingEar) {
    const { procedure, options } = plan;
    this.#caller = caller;
    this.#plan = plan;
    this.#spoken = procedure;
    this.#ear = ear;
    if (options.signal !== undefined || options.within !== undefined) {
      this.#givingUp = new GivingUp(caller.signals, options, (cause) => this.#aborted(cause));
    }
    this.#progress = plan.progress;
    this.#requests = plan.requests?.((error) => this.cancel(error));
  }

  /** Sends it, or has it wait. The owner may be told its end before this returns. */
  start(): void {
    const { procedure, request, options } = this.#plan;
    const { metadata, within, timeoutMs = procedure.defaults.timeoutMs } = options;
    const { clock, connector, limits } = this.#caller;
    const now = clock.now();
    try {
      this.#requests?.open();
      this.#metadata = joined(procedure.defaults.metadata, metadata, limits.metadataBytes);
      this.#timeoutMs = timeoutOf(timeoutMs, within, clock);
      if (connector.negotiated === undefined) {
        connector.pending.checkRoom();
        request?.writtenIn(procedure); // nobody dials for what cannot be sent
      }
      if (this.#timeoutMs !== undefined) this.deadline = now + this.#timeoutMs;
      if (this.#givingUp?.start() === false) return undefined;
    } catch (thrown) {
      return this.fail(ConcordatError.from(thrown, "invalid_argument"));
    }
    if (this.#timeoutMs === 0) return this.expire();
    return connector.submit(this, now);
  }

  sendOn(connection: Connection, now: number = this.#caller.clock.now()): boolean {
    if (this.#isOver) return true;
    if (this.deadline !== undefined && now >= this.deadline) this.expire();
    else if (!this.#mayBeCalled(connection)) return true;
    else {
      try {
        const call = this.#request(connection, now);
        if (call === undefined) {
          this.#plan.request?.writtenIn(this.#spoken); // what is changed while it waits is not sent
          return false;
        }
        this.#call = call;
        this.#connection = connection;
        if (this.#isOver) this.drop(); // by a getter of what was written
        else this.#requests?.sent(call, this.#spoken);
      } catch (thrown) {
        this.fail(ConcordatError.from(thrown, "internal"));
      }
    }
    return true;
  }

  unsend(): void {
    this.#call?.listen(undefined); // what it says from now on is about nothing any more
    this.#call = undefined;
  }

  expire(): void {
    const isLost = this.#caller.connector.negotiated === undefined;
    const where = isLost ? ", waiting for a connection" : "";
    const message = `${this.#plan.procedure.path} was not answered within ${this.#timeoutMs} ms${where}.`;
    this.cancel(new ConcordatError("deadline_exceeded", message));
  }

  fail(error: ConcordatError): void {
    if (this.#end()) this.#ear.failed(endOfOwnCall(error));
  }

  /** Gives the call up, at the server too where it was sent. */
  cancel(error: ConcordatError): void {
    if (this.#isOver) return;
    this.#call?.cancel(error.code === "deadline_exceeded" ? "deadline_exceeded" : "cancelled");
    this.fail(error);
  }

  /** Gives the call up without telling the owner, who takes nothing more. */
  drop(): void {
    this.#call?.cancel();
    this.#call?.discard();
    this.#end();
  }

  /** The application has taken an item of so many bytes. */
  consumed(bytes: number): void {
    if (this.#progress?.consumed(bytes) === true) this.#call?.consumed(bytes);
  }

  #mayBeCalled(connection: Connection): boolean {
    const { contract, name } = this.#plan.procedure;
    const objection = connection.negotiated.objection(contract, name);
    if (objection !== undefined) this.fail(objection);
    return objection === undefined;
  }

  #request(connection: Connection, now: number): Call | undefined {
    const { procedure, request } = this.#plan;
    const { kind: callKind, path } = procedure;
    const spoken = (this.#spoken = procedure.spokenIn(connection.negotiated));
    // Ahead of a welcome its length decides whether it may be sent; behind one it is written where it is sent from.
    const payload = connection.isOpen ? request?.in(spoken) : request?.writtenIn(spoken);
    const metadata = this.#progress?.mark(this.#metadata) ?? this.#metadata;
    const { deadline } = this;
    const opening = { callKind, procedure: path, deadline, metadata, payload: payload ?? nil };
    const call = connection.request(opening, this, now);
    call?.listen(this);
    return call;
  }

  leading(metadata: Metadata): void {
    // A stream that goes on behind a cursor, and a server that repeats itself, tell nothing new.
    if (this.#isOver || this.#hasBegun || this.#progress?.cursor !== undefined) return;
    this.#hasBegun = true;
    this.#tell(this.#plan.options.onLeading, metadata);
  }

  item(item: Uint8Array, cursor: string | undefined): void {
    if (this.#isOver) return;
    this.#hasBegun = true;
    this.#progress?.item(item.length, cursor);
    if (cursor !== undefined) this.#made = 1; // it has come further than ever before
    this.#ear.item(item, this.#spoken);
  }

  writable(): void {
    this.#requests?.writable();
  }

  finished(response: Uint8Array | undefined, metadata: Metadata): void {
    if (!this.#end()) return;
    this.#caller.retries.succeeded();
    this.#tell(this.#plan.options.onTrailing, metadata);
    this.#ear.finished(response, this.#spoken);
  }

  failed(error: ConcordatError, metadata: Metadata): void {
    if (this.#isOver) return undefined;
    if (error.origin === "local" && error.code === "deadline_exceeded") return this.expire();
    if (error.notExecuted && !this.#hasBegun && this.#mayMove) return this.#again();
    const waitMs = this.#retryMs(error);
    if (waitMs !== undefined) {
      this.#made += 1;
      return this.#again(waitMs);
    }
    this.#end();
    if (error.origin === "remote") this.#tell(this.#plan.options.onTrailing, metadata);
    return this.#ear.failed(this.#spoken.errorFrom(error));
  }

  /** A server that leaves turns calls away unread. What has streamed already cannot be said again. */
  get #mayMove(): boolean {
    return this.#connection?.isLeaving === true && this.#requests?.hasBegun !== true;
  }

  /** How long to wait before the call is made again, or `undefined` where it is not. */
  #retryMs(error: ConcordatError): number | undefined {
    const { isIdempotent, defaults } = this.#spoken;
    // What has streamed requests cannot say them again.
    if (this.#requests !== undefined || defaults.retry === false) return undefined;
    const mayGoOn = this.#progress?.cursor !== undefined || (isIdempotent && !this.#hasBegun);
    if (!mayGoOn) return undefined;
    return this.#caller.retries.waitMs(error, this.#made, defaults.retry, this.deadline);
  }

  /** Makes the call anew, on whatever connection there is then. */
  #again(waitMs = 0): void {
    const { connector } = this.#caller;
    this.#call?.discard();
    this.#progress?.again();
    this.#hasBegun = false;
    this.unsend();
    this.#requests?.unsent();
    connector.withdraw(this);
    if (waitMs === 0) connector.submit(this);
    else this.#callOff = submitLater(this.#caller, this, waitMs);
  }

  #aborted(cause: unknown): void {
    const message = `${this.#plan.procedure.path} was given up: its signal aborted.`;
    this.cancel(new ConcordatError("cancelled", message, { cause }));
  }

  #tell(listener: ((metadata: Metadata) => void) | undefined, metadata: Metadata): void {
    if (listener) this.#caller.listeners.guard(() => listener(metadata));
  }

  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#givingUp?.stop();
    this.#callOff?.();
    this.#caller.connector.withdraw(this);
    this.#requests?.stop();
    this.#plan.request?.done();
    return true;
  }
}
