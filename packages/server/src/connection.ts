/** One client connection: its session, what was agreed on, and its calls. */
import { ConcordatError, type Peer } from "@concordat/core";
import {
  type Call,
  type Clock,
  type CloseName,
  type Limits,
  pump,
  type Refusal,
  type RequestFrame,
  ServerSession,
  type ServerSessionEar,
  type Transport,
} from "@concordat/core/internal";

import { type Admitted, admit, type AdmissionPolicy } from "./admission.ts";
import type { ConnectionRequest } from "./authenticate.ts";
import { dispatch } from "./dispatch.ts";
import type { ProcedurePlan } from "./procedure-plan.ts";
import { randomWord } from "./random.ts";

/** What a connection needs. */
export interface ConnectionOptions {
  readonly transport: Transport;
  readonly request: Omit<ConnectionRequest, "credentials" | "client">;
  readonly policy: AdmissionPolicy;
  readonly clock: Clock;
  /** Decided before the hello: the page's origin is not allowed, the server drains. */
  readonly refused: Refusal | undefined;
  readonly ended: (connection: Connection) => void;
}

/** One client connection. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #session: ServerSession;
  readonly #limits: Limits;
  #peer: Peer | undefined;
  #contracts: ReadonlyMap<string, Admitted> = new Map();

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

  /** How many calls are open. */
  get callsOpen(): number {
    return this.#session.callsOpen;
  }

  /** Takes no new calls from the client's point of view, and tells it so. */
  goaway(withinMs: number): void {
    this.#session.goaway(withinMs);
  }

  /** Closes with a registered code. */
  close(name: CloseName, values: Readonly<Record<string, string | number>> = {}): void {
    this.#session.close(name, values);
  }

  #ear(): ServerSessionEar {
    return {
      hello: (hello) => void this.#decide(hello),
      kindOf: (procedure) => this.#planOf(procedure)?.kind,
      request: (call, frame) => this.#request(call, frame),
      ended: (code, detail) => {
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

  async #decide(hello: Parameters<ServerSessionEar["hello"]>[0]): Promise<void> {
    const { policy, request, refused, clock } = this.#options;
    if (refused !== undefined) return this.#session.reject(refused);
    const admission = await admit(hello, request, policy);
    if (admission.refusal !== undefined) return this.#session.reject(admission.refusal);
    this.#peer = admission.peer;
    this.#contracts = admission.contracts;
    this.#session.welcome(admission.welcome, randomWord(), clock.now());
    return undefined;
  }

  #planOf(procedure: string): ProcedurePlan | undefined {
    const slash = procedure.indexOf("/");
    const admitted = this.#contracts.get(procedure.slice(0, Math.max(0, slash)));
    return admitted?.service.plan(admitted.index, procedure.slice(slash + 1));
  }

  #request(call: Call, frame: RequestFrame): void {
    const plan = this.#planOf(frame.procedure);
    if (plan === undefined || this.#peer === undefined)
      return call.fail(this.#unimplemented(frame));
    const { policy, clock } = this.#options;
    const { log, middleware } = policy;
    return dispatch(call, frame, {
      plan,
      peer: this.#peer,
      limits: this.#limits,
      log,
      middleware,
      now: clock.now(),
    });
  }

  #unimplemented({ procedure }: RequestFrame): ConcordatError {
    const slash = procedure.indexOf("/");
    const service = this.#contracts.get(procedure.slice(0, Math.max(0, slash)))?.service;
    const has = service?.releaseWith(procedure.slice(slash + 1));
    const named = JSON.stringify(procedure.slice(0, 100));
    return new ConcordatError(
      "unimplemented",
      has === undefined
        ? `There is no procedure ${named} in what was negotiated on this connection.`
        : `${named} is not in the negotiated release, or ended before the newest; ${service?.name} ${has} has it.`,
    );
  }
}
