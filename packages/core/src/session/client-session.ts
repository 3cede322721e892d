/** One connection as the client sees it: hello, answer, frames, end. No socket and no timer in here. */
import type { Call } from "../call/call.ts";
import type { CallOpening } from "../call/call-opening.ts";
import { Link } from "../call/link.ts";
import type { LinkEar } from "../call/link-ear.ts";
import type { LinkParts } from "../call/link-parts.ts";
import type { NotificationLane } from "../call/notification-lane.ts";
import { ConcordatError } from "../error/concordat-error.ts";
import { credentialsToText } from "../handshake/credentials.ts";
import { HandshakeFault, jsonMessage, member } from "../handshake/json-message.ts";
import { refusalFromJson } from "../handshake/reject.ts";
import { type Welcome, welcomeFromJson } from "../handshake/welcome.ts";
import type { Refusal } from "../negotiation/refusal.ts";
import { closeCode, type CloseName } from "../wire/close-code.ts";
import type { SharedLimits } from "../wire/limits.ts";
import { WireError } from "../wire/wire-error.ts";
import { greetingOf } from "./client-greeting.ts";
import type { ClientSessionEar } from "./client-session-ear.ts";
import type { ClientSessionOptions } from "./client-session-options.ts";
import { EarlyBudget } from "./early-budget.ts";
import { hearServer } from "./hear-server.ts";
import { KeepAlive, type KeepAliveVerdict } from "./keep-alive.ts";
import { Patience } from "./patience.ts";
import type { Session, SessionPort } from "./session-port.ts";
import { survivorOf } from "./survivor.ts";
import { clientTransitions, type ClientSessionState, type SessionAct } from "./session-state.ts";

/** One connection, from its hello to its end. The hello is sent by the constructor. */
export class ClientSession implements Session {
  readonly #parts: LinkParts;
  readonly #limits: SharedLimits;
  readonly #port: SessionPort;
  readonly #ear: ClientSessionEar;
  readonly #keepAlive: KeepAlive;
  readonly #patience: Patience;
  readonly #resume: Link | undefined;
  #link: Link;
  #session: Welcome["session"];
  #state: ClientSessionState = "greeting";
  #refusal: Refusal | undefined;
  /** What this side closed with, whatever the transport says of it. */
  #own: { readonly code: number; readonly fault: string | undefined } | undefined;
  readonly #early: EarlyBudget;

  constructor(options: ClientSessionOptions) {
    const { parts, limits, port, ear, now, resume } = options;
    this.#parts = parts;
    this.#limits = limits;
    this.#port = port;
    this.#ear = ear;
    this.#early = new EarlyBudget(limits.earlyBytes);
    this.#patience = new Patience(limits.handshakeMs, now);
    this.#keepAlive = new KeepAlive({ asks: false, intervalMs: limits.keepAliveMs, now });
    this.#link = this.#newLink();
    this.#resume = resume?.link;
    port.send(greetingOf(options));
  }

  get state(): ClientSessionState {
    return this.#state;
  }

  /** How many calls are open. */
  get callsOpen(): number {
    return this.#link.size;
  }

  /** What is told and not answered; `undefined` before the welcome and after the end. */
  get notifications(): NotificationLane | undefined {
    return this.#state === "open" ? this.#link.notifications : undefined;
  }

  get waitingBytes(): number {
    return this.#link.waitingBytes;
  }

  get wakeAt(): number | undefined {
    if (this.#state === "closed") return undefined;
    const next = this.#state === "greeting" ? this.#patience.wakeAt : this.#keepAlive.wakeAt;
    return Math.min(next, this.#link.wakeAt ?? Infinity);
  }

  /** Whether no call can be made any more: there is no id left for it. */
  get isUsedUp(): boolean {
    return this.#link.lastId >= this.#limits.callsPerConnection;
  }

  /** Whether a request whose payload and metadata take so many bytes may be sent now: before the welcome there is a bound. */
  mayRequest(bytes: number): boolean {
    if (this.#state === "open") return true;
    if (this.#resume !== undefined) return false;
    return this.#state === "greeting" && this.#early.allows(bytes);
  }

  /**
   * Opens a call. In the greeting it travels as early data, encoded for the first offer.
   *
   * @throws ConcordatError `resource_exhausted` when too many are open or the request is too large,
   * `unavailable` when the session is closed.
   */
  request(opening: CallOpening, now: number): Call {
    if (this.#state === "closed")
      throw new ConcordatError("unavailable", "The connection is closed.");
    const call = this.#link.request(opening, now);
    this.#early.spend(opening);
    return call;
  }

  /**
   * Sends fresh credentials. A welcome with the capability `renew` has to have come.
   *
   * @throws TypeError where they are not JSON, ConcordatError `resource_exhausted` where they are too large.
   */
  renew(credentials: unknown): void {
    const text = credentialsToText(credentials);
    if (this.#state === "open") this.#link.emit({ kind: "renew", id: 0, credentials: text });
  }

  receive(message: string | Uint8Array, now: number): void {
    if (this.#state === "closed") return;
    this.#keepAlive.heard(now);
    try {
      if (this.#state === "greeting") this.#greet(message, now);
      else if (typeof message === "string") throw new WireError("text after the handshake");
      else this.#link.receive(message, now);
    } catch (error) {
      this.#break(error);
    }
  }

  /** Closes from this side; the server hears `told`. Open calls fail with what the owner answers to `ended`. */
  close(code: number, reason: string, fault?: string, told = code): void {
    if (this.#state === "closed") return;
    this.#own = { code, fault };
    this.#flushOut();
    this.#port.close(told, reason);
    this.closed(code, reason);
  }

  tick(now: number): void {
    if (this.#state === "closed") return;
    this.#link.tick(now);
    if (this.#state === "open") this.#attend(this.#keepAlive.look(now));
    else if (this.#patience.isOver(now)) this.#closeBy("heartbeat-lost", "no welcome came in time");
  }

  /** The network may have changed, or this program has slept: looks whether the server is still there. */
  doubt(now: number): void {
    this.tick(now);
    if (this.#state === "open") this.#attend(this.#keepAlive.doubt(now));
  }

  flush(now: number): void {
    if (this.#state !== "closed" && this.#flushOut()) this.#keepAlive.sent(now);
  }

  closed(heard: number, reason: string, broken?: string): void {
    const { code, fault } = this.#own ?? { code: heard, fault: broken };
    const wasOpen = this.#state === "open";
    if (!this.#enter("close")) return;
    this.#link.takeMessages(); // what has not left is kept by the replay, or ends it
    const why = this.#ear.ended({
      code,
      reason,
      refusal: this.#refusal,
      fault,
      wasOpen,
      survivor: survivorOf(this.#link, this.#session, code),
    });
    if (why !== undefined) this.#link.abandon(why);
  }

  #greet(message: string | Uint8Array, now: number): void {
    const json = jsonMessage(message, this.#limits.messageBytes);
    const kind = member(json, "concordat");
    // The close that follows decides; this says more.
    if (kind === "reject") return void (this.#refusal = refusalFromJson(json));
    if (kind !== "welcome")
      throw new HandshakeFault("the server's answer is neither welcome nor reject");
    const welcome = welcomeFromJson(json);
    this.#enter("welcome");
    this.#keepAlive.setInterval(welcome.limits.keepAliveMs);
    this.#session = welcome.session;
    const isResumed = this.#goOn(welcome);
    if (!isResumed) this.#start(welcome);
    this.#keepAlive.sent(now);
    this.#ear.welcome(welcome, isResumed);
    this.#port.pending();
  }

  #start(welcome: Welcome): void {
    if (welcome.early === "discarded") {
      this.#link = this.#newLink(); // the server has forgotten the early calls, and so does this side
      this.#link.emit({ kind: "begin", id: 0 });
    }
    if (welcome.session === undefined) this.#link.replay.stop();
    this.#link.open(welcome.limits);
  }

  #goOn({ session }: Welcome): boolean {
    if (session?.received === undefined || this.#resume === undefined) return false;
    if (!this.#resume.resume(session.received, this.#linkEar())) {
      throw new WireError("the session that the server resumes is not the one that was lost");
    }
    this.#link = this.#resume;
    // Until the server hears something, this welcome may have been lost.
    this.#link.emit({ kind: "ack", id: 0, frames: this.#link.replay.received });
    return true;
  }

  #attend(verdict: KeepAliveVerdict): void {
    if (verdict === "ping") this.#link.emit({ kind: "ping", id: 0, token: 0 });
    else if (verdict === "dead") this.#closeBy("heartbeat-lost", "the server fell silent");
  }

  #newLink(): Link {
    return new Link({ parts: this.#parts, limits: this.#limits, ear: this.#linkEar() });
  }

  #linkEar(): LinkEar {
    return {
      pending: (departure) => this.#port.pending(departure),
      notification: (received) => this.#ear.notification(received),
      session: (frame) => hearServer(frame, this.#ear, this.#limits),
    };
  }

  #break(error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    this.#closeBy(error instanceof HandshakeFault ? "server-rejected" : "bad-frame", detail);
  }

  #closeBy(name: CloseName, fault: string): void {
    this.close(closeCode[name], name, fault);
  }

  #flushOut(): boolean {
    const messages = this.#link.takeMessages();
    for (const message of messages) this.#port.send(message);
    return messages.length > 0;
  }

  #enter(act: SessionAct): boolean {
    const next = clientTransitions[this.#state][act];
    if (next === undefined) return false;
    this.#state = next;
    return true;
  }
}
