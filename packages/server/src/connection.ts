/** One client connection: its session, what was agreed on, and its calls. */
import type { Notice, Peer } from "@concordat/core";
import {
  type CloseName,
  connectionGone,
  type Hello,
  type Limits,
  type Link,
  present,
  pump,
  reasonValues,
  type Refusal,
  ServerSession,
  type ServerSessionEar,
  type Welcome,
} from "@concordat/core/internal";

import { admit } from "./admission.ts";
import type { ConnectionOptions } from "./connection-options.ts";
import type { Member } from "./fleet/member.ts";
import { Identity, type IdentityOptions } from "./identity.ts";
import { randomWord } from "./random.ts";
import { Reception } from "./reception.ts";
import type { AgreedContracts } from "./retirement/agreed-contracts.ts";
import type { Speaker } from "./retirement/speaker.ts";
import type { SessionIdentity } from "./sessions.ts";

/** One client connection. */
export class Connection implements Speaker {
  readonly #options: ConnectionOptions;
  readonly #session: ServerSession;
  readonly #limits: Limits;
  /** What was agreed on, once the client was let in. */
  #reception: Reception | undefined;
  #identity: Identity | undefined;
  #agreed: AgreedContracts | undefined;
  #member: Member | undefined;
  #token: string | undefined;
  #isTaken = false;
  #survivor: Link | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#limits = options.policy.limits;
    const { transport, clock, alarm } = options;
    this.#session = pump({
      transport,
      clock,
      alarm,
      limits: this.#limits,
      session: (port, now) =>
        new ServerSession({ limits: this.#limits, port, now, ear: this.#ear() }),
    });
  }

  /** Whether it has ended. */
  get isClosed(): boolean {
    return this.#session.state === "closed";
  }

  /** How many calls are open. */
  get callsOpen(): number {
    return this.#session.callsOpen;
  }

  /** Who is connected; `undefined` before it was let in. */
  get peer(): Peer | undefined {
    return this.#identity?.peer;
  }

  /** The client has to show its credentials again within that time, or the connection closes with 4501. */
  reauthenticate(withinMs: number): void {
    this.#identity?.reauthenticate(withinMs);
  }

  releaseOf(contract: string): string | undefined {
    return this.#agreed?.releaseOf(contract);
  }

  standing(): Refusal | "moved" | undefined {
    return this.#agreed?.standing(this.#options.policy.served());
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

  /** Refuses a client that was not let in yet. */
  reject(refused: Refusal): void {
    this.#session.reject(refused);
  }

  /** Closes with a registered code. */
  close(name: CloseName, values: Readonly<Record<string, string | number>> = {}): void {
    this.#session.close(name, values);
  }

  #ear(): ServerSessionEar {
    return {
      hello: (hello) => {
        // What throws in here is not the peer's doing, and must not take the process with it.
        this.#decide(hello).catch((error: unknown) => {
          this.#options.policy.log({ level: "error", event: "admission-failed", cause: error });
          this.close("internal-error");
        });
      },
      resumed: () => {
        if (this.#token !== undefined) this.#options.policy.sessions.confirm(this.#token);
      },
      kindOf: (procedure) => this.#reception?.planOf(procedure)?.kind,
      notification: (received) => this.#reception?.notification(received),
      request: (call, frame) => this.#reception?.request(call, frame),
      renew: (credentials) => this.#identity?.renew(credentials),
      ended: (code, detail, survivor) => {
        this.#keep(survivor);
        const { address } = this.#options.request;
        this.#options.policy.log({
          level: "info",
          event: "connection-ended",
          closeCode: code,
          message: detail,
          ...(address === undefined ? {} : { address }),
        });
        this.#member?.left();
        this.#options.ended(this);
      },
    };
  }

  async #decide(hello: Hello): Promise<void> {
    const { policy, request, refused, clock, random } = this.#options;
    await Promise.resolve(); // a transport may bring the hello before this connection has its session
    const before = refused();
    if (before !== undefined) return this.#session.reject(before);
    const admission = await admit(hello, request, policy, () => clock.now());
    if (this.isClosed) return undefined;
    if (admission.refusal !== undefined) return this.#session.reject(admission.refusal);
    const meanwhile = refused();
    if (meanwhile !== undefined) return this.#session.reject(meanwhile);
    this.#options.greeted(this);
    const identity = this.#identify(hello, admission);
    this.#identity = identity;
    const session = this.#resume(hello, admission.identity);
    const welcome = { ...admission.welcome, ...present({ session, auth: identity.expiry }) };
    const { link } = this.#session;
    const { contracts, agreed } = admission;
    this.#agreed = agreed;
    const member = policy.fleet.joined(hello.client, agreed.releases());
    this.#member = member;
    const tell = (notice: Notice): void => this.notice(notice);
    const metadataBytes = Math.min(this.#limits.metadataBytes, hello.limits.metadataBytes);
    // The welcome runs what came early, so everything else has to be there before it.
    this.#reception = new Reception({
      policy,
      clock,
      identity,
      contracts,
      agreed,
      member,
      tell,
      link,
      metadataBytes,
    });
    policy.audience.add({ link, identity, contracts, overrun: () => this.#overrun() });
    this.#session.welcome(welcome, randomWord(random), clock.now());
    return undefined;
  }

  /** The client does not take the notifications that it is sent. */
  #overrun(): void {
    if (!this.isClosed) this.close("slow-consumer");
    else if (this.#token !== undefined) this.#options.policy.sessions.drop(this.#token);
  }

  #identify(
    { auth: credentials, client, capabilities }: Hello,
    { peer, proof }: Pick<IdentityOptions, "peer" | "proof">,
  ): Identity {
    const { policy, request, clock } = this.#options;
    const isAskable = capabilities.includes("renew");
    const asked = { ...request, credentials, client };
    const now = (): number => clock.now();
    return new Identity({ policy, request: asked, peer, proof, isAskable, now }, this.#session);
  }

  /** What the welcome says about the session: a new one, or the one that the client came back to. */
  #resume(
    { capabilities, resume }: Hello,
    identity: SessionIdentity | undefined,
  ): Welcome["session"] {
    const { sessions, limits } = this.#options.policy;
    if (identity === undefined || !capabilities.includes("resume")) return undefined;
    const link = resume === undefined ? undefined : sessions.take(resume.token, identity);
    const isResumed = link !== undefined && this.#session.resume(link);
    if (!isResumed) link?.abandon(connectionGone());
    const former = isResumed ? resume?.token : undefined;
    this.#token = sessions.begin(identity, () => this.#surrender(), former);
    const received = isResumed ? link.replay.received : undefined;
    return { token: this.#token, graceMs: limits.graceMs, ...present({ received }) };
  }

  /** Another connection goes on with this one's calls. */
  #surrender(): Link | undefined {
    this.#isTaken = true;
    this.#session.close("session-taken");
    return this.#survivor;
  }

  #keep(survivor: Link | undefined): void {
    const { sessions } = this.#options.policy;
    this.#survivor = survivor;
    if (this.#token === undefined || this.#isTaken) return;
    if (survivor === undefined) sessions.end(this.#token);
    else {
      const { expiresAt } = this.#session;
      sessions.detach(this.#token, survivor, { peer: this.peer, expiresAt });
    }
  }
}
