/** One client connection: its session, what was agreed on, and its calls. */
import {
  type Clock,
  type CloseName,
  connectionGone,
  type Hello,
  type Limits,
  type Link,
  present,
  pump,
  type Refusal,
  ServerSession,
  type ServerSessionEar,
  type Transport,
  type Welcome,
} from "@concordat/core/internal";

import { admit, type AdmissionPolicy } from "./admission.ts";
import type { ConnectionRequest } from "./authenticate.ts";
import { randomWord } from "./random.ts";
import { Reception } from "./reception.ts";
import type { SessionIdentity } from "./sessions.ts";

/** What a connection needs. */
export interface ConnectionOptions {
  readonly transport: Transport;
  readonly request: Omit<ConnectionRequest, "credentials" | "client">;
  readonly policy: AdmissionPolicy;
  readonly clock: Clock;
  /** Asked when the hello has come: why nobody is let in, whatever it says. The page's origin, a server that drains. */
  readonly refused: () => Refusal | undefined;
  /** Told when the client was let in. */
  readonly greeted: (connection: Connection) => void;
  readonly ended: (connection: Connection) => void;
}

/** One client connection. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #session: ServerSession;
  readonly #limits: Limits;
  /** What was agreed on, once the client was let in. */
  #reception: Reception | undefined;
  #token: string | undefined;
  #isTaken = false;
  #survivor: Link | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#limits = options.policy.limits;
    const { transport, clock } = options;
    this.#session = pump({
      transport,
      clock,
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
        this.#options.ended(this);
      },
    };
  }

  async #decide(hello: Hello): Promise<void> {
    const { policy, request, refused, clock } = this.#options;
    await Promise.resolve(); // a transport may bring the hello before this connection has its session
    const before = refused();
    if (before !== undefined) return this.#session.reject(before);
    const admission = await admit(hello, request, policy);
    if (this.isClosed) return undefined;
    if (admission.refusal !== undefined) return this.#session.reject(admission.refusal);
    const meanwhile = refused();
    if (meanwhile !== undefined) return this.#session.reject(meanwhile);
    this.#options.greeted(this);
    const session = this.#resume(hello, admission.identity);
    const welcome = { ...admission.welcome, ...present({ session }) };
    const { link } = this.#session;
    const { peer, contracts } = admission;
    const metadataBytes = Math.min(this.#limits.metadataBytes, hello.limits.metadataBytes);
    // The welcome runs what came early, so everything else has to be there before it.
    this.#reception = new Reception({ policy, clock, peer, contracts, link, metadataBytes });
    policy.audience.add({ link, peer, contracts, overrun: () => this.#overrun() });
    this.#session.welcome(welcome, randomWord(), clock.now());
    return undefined;
  }

  /** The client does not take the notifications that it is sent. */
  #overrun(): void {
    if (!this.isClosed) this.close("slow-consumer");
    else if (this.#token !== undefined) this.#options.policy.sessions.drop(this.#token);
  }

  /** What the welcome says about the session: a new one, or the one that the client came back to. */
  #resume({ capabilities, resume }: Hello, identity: SessionIdentity): Welcome["session"] {
    const { sessions, limits } = this.#options.policy;
    if (!capabilities.includes("resume")) return undefined;
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
    else sessions.detach(this.#token, survivor);
  }
}
