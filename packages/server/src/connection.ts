/** One client connection: its session, what was agreed on, and its calls. */
import { ConcordatError, type Peer, procedureKinds } from "@concordat/core";
import {
  type Call,
  type Clock,
  type CloseName,
  connectionGone,
  type Hello,
  type Limits,
  type Link,
  present,
  pump,
  type Refusal,
  type RequestFrame,
  ServerSession,
  type ServerSessionEar,
  type Transport,
  type Welcome,
} from "@concordat/core/internal";

import { type Admitted, admit, type AdmissionPolicy } from "./admission.ts";
import type { ConnectionRequest } from "./authenticate.ts";
import { dispatch } from "./dispatch.ts";
import type { ProcedurePlan } from "./procedure-plan.ts";
import { randomWord } from "./random.ts";
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

/** As long as a goaway may take to be read on a bad network. */
const streamsAfterGoawayMs = 2_000;

/** One client connection. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #session: ServerSession;
  readonly #limits: Limits;
  #peer: Peer | undefined;
  #metadataBytes: number;
  #token: string | undefined;
  #isTaken = false;
  /** When it began to take no new calls. */
  #leavesSince: number | undefined;
  #survivor: Link | undefined;
  #contracts: ReadonlyMap<string, Admitted> = new Map();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#limits = options.policy.limits;
    this.#metadataBytes = this.#limits.metadataBytes;
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
    this.#leavesSince ??= this.#options.clock.now();
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
      kindOf: (procedure) => this.#planOf(procedure)?.kind,
      request: (call, frame) => this.#request(call, frame),
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
    this.#metadataBytes = Math.min(this.#limits.metadataBytes, hello.limits.metadataBytes);
    this.#peer = admission.peer;
    this.#contracts = admission.contracts;
    const session = this.#resume(hello, admission.identity);
    const welcome = { ...admission.welcome, ...present({ session }) };
    this.#session.welcome(welcome, randomWord(), clock.now());
    return undefined;
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

  /** The agreed contract that a path such as `orders/place` names, and the procedure in it. */
  #find(path: string): { readonly admitted: Admitted | undefined; readonly procedure: string } {
    const slash = path.indexOf("/");
    const admitted = this.#contracts.get(path.slice(0, Math.max(0, slash)));
    return { admitted, procedure: path.slice(slash + 1) };
  }

  #planOf(path: string): ProcedurePlan | undefined {
    const { admitted, procedure } = this.#find(path);
    return admitted?.service.plan(admitted.index, procedure);
  }

  #request(call: Call, frame: RequestFrame): void {
    const { admitted, procedure } = this.#find(frame.procedure);
    const plan = admitted?.service.plan(admitted.index, procedure);
    if (plan === undefined || admitted === undefined || this.#peer === undefined)
      return call.fail(this.#unimplemented(frame));
    if (this.#refuses(call)) return call.fail(leaving());
    const { policy, clock } = this.#options;
    const { log, middleware } = policy;
    return dispatch(call, frame, {
      plan,
      release: admitted.service.releaseAt(admitted.index),
      peer: this.#peer,
      limits: this.#limits,
      metadataBytes: this.#metadataBytes,
      log,
      middleware,
      now: clock.now(),
    });
  }

  /**
   * Whether a call comes too late. What streams its requests is let in for a moment more: its items are under way
   * already, and a client cannot send them a second time.
   */
  #refuses(call: Call): boolean {
    if (this.#leavesSince === undefined) return false;
    const leftFor = this.#options.clock.now() - this.#leavesSince;
    return !procedureKinds[call.kind].requestStream || leftFor >= streamsAfterGoawayMs;
  }

  #unimplemented({ procedure: path }: RequestFrame): ConcordatError {
    const { admitted, procedure } = this.#find(path);
    const has = admitted?.service.releaseWith(procedure);
    const named = JSON.stringify(path.slice(0, 100));
    return new ConcordatError(
      "unimplemented",
      has === undefined
        ? `There is no procedure ${named} in what was negotiated on this connection.`
        : `${named} is not in the negotiated release, or ended before the newest; ${admitted?.service.name} ${has} has it.`,
    );
  }
}

function leaving(): ConcordatError {
  const message =
    "The call was not executed: this connection takes no new calls. Make it on another one.";
  return new ConcordatError("unavailable", message, { notExecuted: true });
}
