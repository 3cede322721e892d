/** One connection as the server sees it: hello, decision, frames, end. No socket and no timer in here. */
import type { Link } from "../call/link.ts";
import { servedLink } from "../call/served-link.ts";
import { credentialsFromText } from "../handshake/credentials.ts";
import { helloFromMessage } from "../handshake/hello.ts";
import { HandshakeFault } from "../handshake/json-message.ts";
import { rejectToText } from "../handshake/reject.ts";
import { type Welcome, welcomeToText } from "../handshake/welcome.ts";
import { badHandshake, handshakeTimeout, type Refusal } from "../negotiation/refusal.ts";
import { reasonOfRefusal } from "../negotiation/refusal-reason.ts";
import { isSurvivable } from "../wire/close-classification.ts";
import { closeCode, type CloseName } from "../wire/close-code.ts";
import { formatReason } from "../wire/close-reason.ts";
import type { RequestFrame, SessionFrame } from "../wire/frame.ts";
import type { Limits, PeerLimits } from "../wire/limits.ts";
import { WireError } from "../wire/wire-error.ts";
import { connectionGone } from "./connection-gone.ts";
import { KeepAlive } from "./keep-alive.ts";
import { Opening } from "./opening.ts";
import { ServedLinkEar } from "./served-link-ear.ts";
import type { ServerSessionEar } from "./server-session-ear.ts";
import type { ServerSessionOptions } from "./server-session-options.ts";
import type { Session, SessionPort } from "./session-port.ts";
import {
  isUndecided,
  serverTransitions,
  type SessionAct,
  type SessionState,
} from "./session-state.ts";
import { Validity } from "./validity.ts";

/** One connection, from its first byte to its last. */
export class ServerSession implements Session {
  readonly #limits: Limits;
  readonly #port: SessionPort;
  readonly #ear: ServerSessionEar;
  #link: Link;
  readonly #keepAlive: KeepAlive;
  #opening: Opening | undefined;
  /** Most clients have proved nothing that ends. */
  #validity: Validity | undefined;
  /** Whether nothing has come since the welcome of a resumed session: it may not have arrived. */
  #isUnheard = false;
  #state: SessionState = "greeting";

  constructor(options: ServerSessionOptions) {
    const { limits, port, ear, now, reader } = options;
    this.#limits = limits;
    this.#port = port;
    this.#ear = ear;
    this.#opening = new Opening(limits, now);
    this.#keepAlive = new KeepAlive({ asks: true, intervalMs: limits.keepAliveMs, now });
    this.#link = servedLink(limits, { reader, ear: new ServedLinkEar(this, port, ear) });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** How many calls are open, and how many notifications are not done. */
  get callsOpen(): number {
    return this.#link.size + (this.#link.lane?.running ?? 0);
  }

  /** The calls and notifications, which may outlive this connection. */
  get link(): Link {
    return this.#link;
  }

  /** Of what the client has proved about itself. */
  get validity(): Validity {
    return (this.#validity ??= new Validity(this.#port, this));
  }

  /** When what the client has proved ends, by the wall clock; `Infinity` for as long as the connection lasts. */
  get expiresAt(): number {
    return this.#validity?.endsAt ?? Infinity;
  }

  get waitingBytes(): number {
    return this.#link.waitingBytes;
  }

  get wakeAt(): number | undefined {
    if (this.#state === "closed") return undefined;
    if (isUndecided(this.#state)) return this.#opening?.patience.wakeAt;
    return Math.min(this.#keepAlive.wakeAt, this.#link.wakeAt ?? Infinity, this.expiresAt);
  }

  receive(message: string | Uint8Array, now: number): void {
    if (this.#hasExpired(now)) return; // the timer may be late
    if (this.#state === "closed") return; // ws goes on emitting messages after a close
    this.#keepAlive.heard(now);
    try {
      if (this.#state === "greeting") this.#greet(message);
      else if (typeof message === "string") throw new WireError("text after the handshake");
      else if (this.#state === "deciding") this.#opening?.early.keep(message);
      else if (this.#state === "discarding") this.#discard(message, now);
      else this.#listen(message, now);
    } catch (error) {
      this.#fault(error);
    }
  }

  /**
   * Goes on with the calls of a connection that was lost. While the hello is decided on, before {@link welcome}.
   *
   * @returns false where that cannot be done: frames that the client lacks are gone.
   */
  resume(link: Link): boolean {
    const opening = this.#opening;
    const { received } = opening?.hello?.resume ?? {};
    if (opening === undefined || received === undefined || this.#state !== "deciding") return false;
    if (!link.resume(received, new ServedLinkEar(this, this.#port, this.#ear))) return false;
    this.#link = link;
    opening.isResumed = true;
    this.#isUnheard = true;
    return true;
  }

  /**
   * Accepts the hello. Early data is executed now, or dropped where the welcome says so. `limits` are those of the
   * hello, in an object that other sessions may have too.
   */
  welcome(welcome: Welcome, grease: string, now: number, limits?: PeerLimits): void {
    const { hello, isResumed = false, early: kept } = this.#opening ?? {};
    // A hello that resumes has no early data behind it, so there is none that the client had to say `begin` after.
    const early = isResumed ? "accepted" : welcome.early;
    if (hello === undefined || !this.#enter(early === "accepted" ? "welcome" : "welcomeDiscarding"))
      return;
    this.#port.send(welcomeToText({ ...welcome, early }, grease));
    this.#keepAlive.sent(now);
    if (welcome.session === undefined) this.#link.replay.stop();
    if (!isResumed) this.#link.open(limits ?? hello.limits);
    for (const message of kept?.take() ?? []) this.receive(message, now);
    this.#port.pending();
  }

  /** Refuses: a `reject` for those who can read it, then the close that says the same. */
  reject(refused: Refusal): void {
    if (!this.#enter("reject")) return;
    this.#port.send(rejectToText(refused));
    this.#port.close(refused.closeCode, reasonOfRefusal(refused));
    this.#ended(refused.closeCode, refused.message, false);
  }

  /** Tells the client that this connection takes no new calls and closes within that time. */
  goaway(withinMs: number): void {
    this.send({ kind: "goaway", id: 0, withinMs });
  }

  /** Closes with a registered code. Open calls are told that the connection is gone. */
  close(
    name: CloseName,
    values: Readonly<Record<string, string | number>> = {},
    detail: string = name,
  ): void {
    const wasOpen = this.#state === "open";
    if (!this.#enter("close")) return;
    this.#port.close(closeCode[name], formatReason(name, values));
    this.#ended(closeCode[name], detail, wasOpen);
  }

  tick(now: number): void {
    if (this.#state === "closed" || this.#hasExpired(now)) return;
    if (isUndecided(this.#state)) {
      if (this.#opening?.patience.isOver(now) === true)
        this.reject(handshakeTimeout(this.#limits.handshakeMs));
      return;
    }
    this.#link.tick(now);
    const verdict = this.#keepAlive.look(now);
    if (verdict === "dead") this.close("heartbeat-timeout");
    else if (verdict === "ping") this.#link.emit({ kind: "ping", id: 0, token: 0 });
  }

  flush(now: number): void {
    if (this.#flushAll()) this.#keepAlive.sent(now);
  }

  closed(code: number, reason: string, fault = reason): void {
    const wasOpen = this.#state === "open";
    if (this.#enter("close")) this.#ended(code, fault, wasOpen);
  }

  /** A frame came that is about the connection as a whole. Throws a WireError where a client sends no such frame. */
  hear(frame: SessionFrame | RequestFrame): void {
    // Also a begin: where it is due it is read elsewhere.
    if (frame.kind !== "renew") throw new WireError(`a client sends no ${frame.kind} here`);
    this.#ear.renew(credentialsFromText(frame.credentials, this.#limits.handshakeBytes));
  }

  /** Sends a frame, where the connection is open. */
  send(frame: SessionFrame): void {
    if (this.#state === "open" || this.#state === "discarding") this.#link.emit(frame);
  }

  #listen(message: Uint8Array, now: number): void {
    this.#link.receive(message, now);
    if (this.#isUnheard) this.#ear.resumed();
    this.#isUnheard = false;
  }

  #greet(message: string | Uint8Array): void {
    const hello = helloFromMessage(message, this.#limits.handshakeBytes);
    if (this.#opening !== undefined) this.#opening.hello = hello;
    if (this.#enter("hello")) this.#ear.hello(hello);
  }

  #discard(message: Uint8Array, now: number): void {
    const rest = this.#opening?.early.afterBegin(message, this.#limits);
    if (rest === undefined || !this.#enter("begin")) return;
    if (rest.length > 0) this.#link.receive(rest, now);
  }

  #fault(error: unknown): void {
    if (error instanceof HandshakeFault) this.reject(badHandshake(error.message));
    else if (error instanceof WireError) this.close(error.closeName, {}, error.message);
    else this.close("internal-error", {}, String(error));
  }

  #ended(code: number, detail: string, wasOpen: boolean): void {
    const survives = wasOpen && this.#link.replay.isOn && isSurvivable(code);
    if (!survives) this.#link.abandon(connectionGone);
    this.#ear.ended(code, detail, survives ? this.#link : undefined);
  }

  #hasExpired(now: number): boolean {
    if (now < this.expiresAt || this.#state === "closed") return false;
    this.close("reauthenticate", {}, "the credentials have expired");
    return true;
  }

  #enter(act: SessionAct): boolean {
    const next = serverTransitions[this.#state][act];
    if (next === undefined) return false;
    // What was queued leaves before a close, or the peer would never see the frames that led to it.
    if (act === "close") this.#flushAll();
    this.#state = next;
    if (next === "open" || next === "closed") this.#opening = undefined;
    return true;
  }

  #flushAll(): boolean {
    if (this.#state !== "open" && this.#state !== "discarding") return false;
    const messages = this.#link.takeMessages();
    for (const message of messages) this.#port.send(message);
    return messages.length > 0;
  }
}
