/** One client connection: its session, what was agreed on, and its calls. */
import type { CallKind, Notice, Peer } from "@concordat/core";
import {
  type Call,
  type CloseName,
  connectionGone,
  type Hello,
  type Link,
  present,
  pump,
  slowReader,
  reasonValues,
  type ReceivedNotification,
  type Refusal,
  type RequestFrame,
  ServerSession,
  type ServerSessionEar,
  type Welcome,
} from "@concordat/core/internal";

import { admit } from "./admission.ts";
import type { Agreement } from "./agreement.ts";
import type { ConnectionHost, ConnectionOptions } from "./connection-options.ts";
import { type Arrival, Identity } from "../peer/identity.ts";
import type { Proof } from "../peer/proof.ts";
import { randomWord } from "../random.ts";
import { type Owner, Reception } from "./reception.ts";
import type { Loss, Speaker } from "../retirement/speaker.ts";
import type { LinkHolder } from "./sessions.ts";

/** One client connection. */
export class Connection implements Speaker, Owner, LinkHolder, ServerSessionEar {
  readonly #host: ConnectionHost;
  readonly #arrival: Arrival;
  readonly #session: ServerSession;
  #refused: Refusal | undefined;
  /** What was agreed on, once the client was let in. */
  #reception: Reception | undefined;
  #token: string | undefined;
  #isTaken = false;
  #survivor: Link | undefined;
  #doubts: ((identity: Identity) => void)[] | undefined;

  constructor({ host, transport, arrival, refused }: ConnectionOptions) {
    this.#host = host;
    this.#arrival = arrival;
    this.#refused = refused;
    const { clock, alarm, policy, reader } = host;
    const { limits } = policy;
    this.#session = pump({
      watch: slowReader,
      transport,
      clock,
      alarm,
      limits,
      answers: true,
      session: (port, now) => new ServerSession({ limits, port, now, reader, ear: this }),
    });
  }

  /** Whether it has ended. */
  get isClosed(): boolean {
    return this.#session.state === "closed";
  }

  /** The network address that it came from, where that is known. */
  get address(): string | undefined {
    return this.#arrival.address;
  }

  /** How many calls are open. */
  get callsOpen(): number {
    return this.#session.callsOpen;
  }

  /** How many notifications wait for the client's credit. */
  get untold(): number {
    return this.#session.link.lane?.waiting ?? 0;
  }

  /** Who is connected; `undefined` before it was let in. */
  get peer(): Peer | undefined {
    return this.#reception?.identity.peer;
  }

  /** The client has to show its credentials again within that time, or the connection closes with 4501. */
  reauthenticate(withinMs: number): void {
    this.#reception?.identity.reauthenticate(withinMs);
  }

  /** Has somebody judge who is being let in: what is proved of it at this moment may be true no more. */
  doubt(judge: (identity: Identity) => void): void {
    if (this.#session.state === "deciding") (this.#doubts ??= []).push(judge);
  }

  get agreed(): Agreement["agreed"] | undefined {
    return this.#reception?.agreement.agreed;
  }

  loss(): Loss | undefined {
    return this.agreed?.loss(this.#host.policy.served());
  }

  notice(notice: Notice): void {
    const { state, link } = this.#session;
    if (state !== "open" && state !== "discarding") return;
    link.emit({ kind: "notice", id: 0, text: JSON.stringify(notice) });
  }

  dismiss(refusal: Refusal): void {
    // A refusal of this server has a name of the registry.
    this.#session.close(refusal.closeName as CloseName, reasonValues(refusal), refusal.message);
  }

  /** Takes no new calls from now on, and tells the client so. */
  goaway(withinMs: number): void {
    this.#reception?.leave();
    this.#session.goaway(Math.ceil(withinMs));
  }

  /** Refuses a client that was not let in yet, and counts it. */
  reject(refused: Refusal): void {
    if (this.isClosed) return;
    this.#host.policy.fleet.refused(refused);
    this.#session.reject(refused);
  }

  /** Closes with a registered code. */
  close(name: CloseName, values: Readonly<Record<string, string | number>> = {}): void {
    this.#session.close(name, values);
  }

  hello(hello: Hello): void {
    // What throws in here is not the peer's doing, and must not take the process with it.
    this.#decide(hello).catch((error: unknown) => {
      this.#host.policy.log({ level: "error", event: "admission-failed", cause: error });
      this.close("internal-error");
    });
  }

  resumed(): void {
    if (this.#token !== undefined) this.#host.policy.sessions.confirm(this.#token);
  }

  kindOf(procedure: string): CallKind | undefined {
    return this.#reception?.planOf(procedure)?.kind;
  }

  request(call: Call, frame: RequestFrame, now: number): void {
    this.#reception?.request(call, frame, now);
  }

  notification(received: ReceivedNotification): void {
    this.#reception?.notification(received);
  }

  renew(credentials: unknown): void {
    this.#reception?.identity.renew(credentials);
  }

  ended(code: number, detail: string, survivor: Link | undefined): void {
    this.#keep(survivor, code);
    this.#host.policy.log({
      level: "info",
      event: "connection-ended",
      closeCode: code,
      message: detail,
      ...present({ address: this.address }),
    });
    this.#reception?.member.left();
    this.#host.ended(this);
  }

  overrun(): void {
    if (!this.isClosed) this.close("slow-consumer");
    else if (this.#token !== undefined) this.#host.policy.sessions.drop(this.#token);
  }

  /** Another connection goes on with this one's calls. */
  surrender(): Link | undefined {
    this.#isTaken = true;
    this.#session.close("session-taken");
    return this.#survivor;
  }

  async #decide(hello: Hello): Promise<void> {
    const { policy, clock, random } = this.#host;
    await Promise.resolve(); // a transport may bring the hello before this connection has its session
    const { resume } = hello;
    const isKnown = resume !== undefined && policy.sessions.knows(resume.token);
    const before = this.#host.refused(isKnown) ?? this.#refused;
    if (before !== undefined) return this.reject(before);
    const admission = (await admit(hello, this.#arrival, policy, clock))();
    if (this.isClosed) return undefined;
    if (admission.refusal !== undefined) return this.#session.reject(admission.refusal);
    const { agreement, peer, proof } = admission;
    const isAskable = hello.capabilities.includes("renew");
    const shown = { policy, arrival: this.#arrival, peer, proof, isAskable, clock };
    const identity = new Identity(shown, this.#session);
    for (const judge of this.#doubts?.splice(0) ?? []) judge(identity);
    if (this.isClosed) return undefined;
    const session = this.#resume(hello, agreement, proof);
    const meanwhile = this.#host.refused(session?.received !== undefined);
    if (meanwhile !== undefined) return this.reject(meanwhile);
    this.#host.greeted(this);
    const welcome = { ...admission.welcome, ...present({ session, auth: identity.expiry }) };
    const { link } = this.#session;
    const member = agreement.memberOf(policy.fleet.labelOf(hello.client), policy.fleet);
    member.joined();
    // The welcome runs what came early, so everything else has to be there before it.
    const reception = { policy, clock, identity, agreement, member, owner: this, link };
    this.#reception = new Reception(reception);
    if (agreement.isNotified) policy.audience.add(this.#reception);
    this.#session.welcome(welcome, randomWord(random), clock.now(), agreement.limits);
    return undefined;
  }

  /** What the welcome says about the session: a new one, or the one that the client came back to. */
  #resume(
    { capabilities, resume }: Hello,
    { text: agreed }: Agreement,
    { caller }: Proof,
  ): Welcome["session"] {
    const { sessions, limits } = this.#host.policy;
    // Where nobody can tell who a caller is, nobody can tell whether somebody else comes back.
    if (caller === undefined || !capabilities.includes("resume")) return undefined;
    const identity = { caller, agreed };
    const link = resume === undefined ? undefined : sessions.take(resume.token, identity);
    const isResumed = link !== undefined && this.#session.resume(link);
    if (!isResumed) link?.abandon(connectionGone);
    const former = isResumed ? resume?.token : undefined;
    this.#token = sessions.begin(identity, this, former);
    const received = isResumed ? link.replay.received : undefined;
    return { token: this.#token, graceMs: limits.graceMs, ...present({ received }) };
  }

  #keep(survivor: Link | undefined, closeCode: number): void {
    const { sessions } = this.#host.policy;
    this.#survivor = survivor;
    if (this.#token === undefined || this.#isTaken) return;
    if (survivor === undefined) sessions.end(this.#token);
    else {
      const { expiresAt } = this.#session;
      sessions.detach(this.#token, survivor, { peer: this.peer, expiresAt, closeCode });
    }
  }
}
