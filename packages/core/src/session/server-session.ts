/** One connection as the server sees it: hello, decision, frames, end. No socket and no timer in here. */
import { Link } from "../call/link.ts";
import type { LinkEar } from "../call/link-ear.ts";
import { credentialsFromText } from "../handshake/credentials.ts";
import { type Hello, helloFromMessage } from "../handshake/hello.ts";
import { HandshakeFault } from "../handshake/json-message.ts";
import { rejectToText } from "../handshake/reject.ts";
import { type Welcome, welcomeToText } from "../handshake/welcome.ts";
import { handshakeTimeout, refusal, type Refusal } from "../negotiation/refusal.ts";
import { reasonOfRefusal } from "../negotiation/refusal-reason.ts";
import { isSurvivable } from "../wire/close-classification.ts";
import { closeCode, type CloseName } from "../wire/close-code.ts";
import { formatReason } from "../wire/close-reason.ts";
import type { SessionFrame } from "../wire/frame.ts";
import type { Limits } from "../wire/limits.ts";
import { WireError } from "../wire/wire-error.ts";
import { connectionGone } from "./connection-gone.ts";
import { EarlyData } from "./early-data.ts";
import { KeepAlive } from "./keep-alive.ts";
import { Patience } from "./patience.ts";
import type { ServerSessionEar } from "./server-session-ear.ts";
import type { ServerSessionOptions } from "./server-session-options.ts";
import type { Session, SessionPort } from "./session-port.ts";
import { type SessionAct, sessionTransitions, type SessionState } from "./session-state.ts";
import { Validity } from "./validity.ts";

/** One connection, from its first byte to its last. */
export class ServerSession implements Session {
  readonly #limits: Limits;
  readonly #port: SessionPort;
  readonly #ear: ServerSessionEar;
  #link: Link;
  readonly #early: EarlyData;
  readonly #keepAlive: KeepAlive;
  /** With the hello, and with the check of its credentials. */
  readonly #patience: Patience;
  /** Of what the client has proved about itself. */
  readonly validity: Validity;
  #hello: Hello | undefined;
  #isResumed = false;
  /** Whether nothing has come since the welcome of a resumed session: it may not have arrived. */
  #isUnheard = false;
  #state: SessionState = "greeting";

  constructor(options: ServerSessionOptions) {
    const { limits, port, ear, now } = options;
    this.#limits = limits;
    this.#port = port;
    this.#ear = ear;
    this.#patience = new Patience(limits.handshakeMs, now);
    this.#early = new EarlyData(limits.earlyBytes);
    this.#keepAlive = new KeepAlive({ asks: true, intervalMs: limits.keepAliveMs, now });
    this.#link = new Link({ role: "responder", limits, ear: this.#linkEar() });
    this.validity = new Validity({
      changed: () => port.pending(),
      send: (frame) => this.#tell(frame),
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  /** How many calls are open, and how many notifications are not done. */
  get callsOpen(): number {
    return this.#link.size + this.#link.notifications.running;
  }

  /** The calls and notifications, which may outlive this connection. */
  get link(): Link {
    return this.#link;
  }

  get waitingBytes(): number {
    return this.#link.waitingBytes;
  }

  get wakeAt(): number | undefined {
    if (this.#state === "closed") return undefined;
    if (this.#state === "greeting" || this.#state === "deciding") return this.#patience.wakeAt;
    return Math.min(this.#keepAlive.wakeAt, this.#link.wakeAt ?? Infinity, this.validity.endsAt);
  }

  receive(message: string | Uint8Array, now: number): void {
    if (this.#hasExpired(now)) return; // the timer may be late
    if (this.#state === "closed") return; // ws goes on emitting messages after a close
    this.#keepAlive.heard(now);
    try {
      if (this.#state === "greeting") this.#greet(message);
      else if (typeof message === "string") throw new WireError("text after the handshake");
      else if (this.#state === "deciding") this.#early.keep(message);
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
    const { received } = this.#hello?.resume ?? {};
    if (received === undefined || this.#state !== "deciding") return false;
    if (!link.resume(received, this.#linkEar())) return false;
    this.#link = link;
    this.#isResumed = true;
    this.#isUnheard = true;
    return true;
  }

  /** Accepts the hello. Early data is executed now, or dropped where the welcome says so. */
  welcome(welcome: Welcome, grease: string, now: number): void {
    const hello = this.#hello;
    // A hello that resumes has no early data behind it, so there is none that the client had to say `begin` after.
    const early = this.#isResumed ? "accepted" : welcome.early;
    if (hello === undefined || !this.#enter(early === "accepted" ? "welcome" : "welcomeDiscarding"))
      return;
    this.#port.send(welcomeToText({ ...welcome, early }, grease));
    this.#keepAlive.sent(now);
    if (welcome.session === undefined) this.#link.replay.stop();
    if (!this.#isResumed) this.#link.open(hello.limits);
    for (const message of this.#early.take()) this.receive(message, now);
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
    this.#tell({ kind: "goaway", id: 0, withinMs });
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
    if (this.#state === "greeting" || this.#state === "deciding") {
      if (this.#patience.isOver(now)) this.reject(handshakeTimeout(this.#limits.handshakeMs));
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

  closed(code: number, reason: string): void {
    const wasOpen = this.#state === "open";
    if (this.#enter("close")) this.#ended(code, reason, wasOpen);
  }

  #listen(message: Uint8Array, now: number): void {
    this.#link.receive(message, now);
    if (!this.#isUnheard) return;
    this.#isUnheard = false;
    this.#ear.resumed();
  }

  #greet(message: string | Uint8Array): void {
    const hello = helloFromMessage(message, this.#limits.handshakeBytes);
    this.#hello = hello;
    if (this.#enter("hello")) this.#ear.hello(hello);
  }

  #discard(message: Uint8Array, now: number): void {
    const rest = this.#early.afterBegin(message, this.#limits);
    if (rest === undefined || !this.#enter("begin")) return;
    if (rest.length > 0) this.#link.receive(rest, now);
  }

  #fault(error: unknown): void {
    if (error instanceof HandshakeFault) {
      const message = `The handshake cannot be read: ${error.message}.`;
      this.reject(refusal("bad-handshake", { message }));
    } else if (error instanceof WireError) this.close(error.closeName, {}, error.message);
    else this.close("internal-error", {}, String(error));
  }

  #ended(code: number, detail: string, wasOpen: boolean): void {
    const survives = wasOpen && this.#link.replay.isOn && isSurvivable(code);
    if (!survives) this.#link.abandon(connectionGone());
    this.#ear.ended(code, detail, survives ? this.#link : undefined);
  }

  #linkEar(): LinkEar {
    return {
      pending: () => this.#port.pending(),
      kindOf: (procedure) => this.#ear.kindOf(procedure),
      request: (call, frame) => this.#ear.request(call, frame),
      notification: (received) => this.#ear.notification(received),
      session: (frame) => this.#hear(frame),
    };
  }

  #hear(frame: SessionFrame): void {
    // Also a begin: where it is due it is read elsewhere.
    if (frame.kind !== "renew") throw new WireError(`a client sends no ${frame.kind} here`);
    this.#ear.renew(credentialsFromText(frame.credentials, this.#limits.handshakeBytes));
  }

  #tell(frame: SessionFrame): void {
    if (this.#state === "open" || this.#state === "discarding") this.#link.emit(frame);
  }

  #hasExpired(now: number): boolean {
    if (now < this.validity.endsAt || this.#state === "closed") return false;
    this.close("reauthenticate", {}, "the credentials have expired");
    return true;
  }

  #enter(act: SessionAct): boolean {
    const next = sessionTransitions.server[this.#state][act];
    if (next === undefined) return false;
    // What was queued leaves before a close, or the peer would never see the frames that led to it.
    if (act === "close") this.#flushAll();
    this.#state = next;
    return true;
  }

  #flushAll(): boolean {
    if (this.#state !== "open" && this.#state !== "discarding") return false;
    const messages = this.#link.takeMessages();
    for (const message of messages) this.#port.send(message);
    return messages.length > 0;
  }
}
