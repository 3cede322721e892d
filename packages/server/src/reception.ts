/** What a client that was let in asks for: finds the plan of what it names in what was agreed on, and has it run. */
import { ConcordatError, type Peer, procedureKinds } from "@concordat/core";
import type {
  Call,
  Clock,
  Link,
  ReceivedNotification,
  RequestFrame,
} from "@concordat/core/internal";

import type { Admitted, AdmissionPolicy } from "./admission.ts";
import { dispatch, type DispatchOptions } from "./dispatch.ts";
import { notify } from "./notification/notify.ts";
import { receiveNotification } from "./notification/receive-notification.ts";
import { type CallPlan, isCallPlan, type ProcedurePlan } from "./procedure-plan.ts";
import type { Service } from "./service.ts";

/** What was agreed on, and with whom. */
export interface ReceptionOptions {
  readonly policy: AdmissionPolicy;
  readonly clock: Clock;
  readonly peer: Peer;
  readonly contracts: ReadonlyMap<string, Admitted>;
  readonly link: Link;
  /** The most metadata that either side accepts. */
  readonly metadataBytes: number;
}

/** As long as a goaway may take to be read on a bad network. */
const streamsAfterGoawayMs = 2_000;

/** One client's calls and notifications on their way to the handlers. */
export class Reception {
  readonly #options: ReceptionOptions;
  /** When it began to take no new calls. */
  #leavesSince: number | undefined;

  constructor(options: ReceptionOptions) {
    this.#options = options;
  }

  /** Takes no new calls from now on. */
  leave(): void {
    this.#leavesSince ??= this.#options.clock.now();
  }

  /** The plan of a procedure that is called; a notification is none. */
  planOf(path: string): CallPlan | undefined {
    const { plan } = this.#find(path);
    return plan !== undefined && isCallPlan(plan) ? plan : undefined;
  }

  /** A call was opened. */
  request(call: Call, frame: RequestFrame): void {
    const { plan, release } = this.#find(frame.procedure);
    if (plan === undefined || !isCallPlan(plan)) return call.fail(this.#unimplemented(frame));
    if (this.#refuses(call)) return call.fail(leaving());
    return dispatch(call, frame, this.#dispatching(plan, release));
  }

  /** Something was told that is not answered. */
  notification(received: ReceivedNotification): void {
    const { procedure } = received.frame;
    const { plan, release } = this.#find(procedure);
    const { policy, link } = this.#options;
    if (plan?.kind === "clientNotification") {
      return receiveNotification(received, {
        ...this.#dispatching(plan, release),
        onAbandon: (listener) => link.notifications.onAbandon(listener),
      });
    }
    const message = `There is no client notification ${named(procedure)} in what was negotiated.`;
    policy.log({ level: "info", event: "notification-dropped", message });
    return received.done();
  }

  #find(path: string): {
    readonly plan: ProcedurePlan | undefined;
    /** The caller's. */
    readonly release: string;
    readonly service: Service | undefined;
    readonly procedure: string;
  } {
    const slash = path.indexOf("/");
    const admitted = this.#options.contracts.get(path.slice(0, Math.max(0, slash)));
    const procedure = path.slice(slash + 1);
    if (admitted === undefined)
      return { plan: undefined, release: "", service: undefined, procedure };
    const { service, index } = admitted;
    return {
      plan: service.plan(index, procedure),
      release: service.releaseAt(index),
      service,
      procedure,
    };
  }

  #dispatching(plan: ProcedurePlan, release: string): DispatchOptions {
    const { policy, clock, peer, link, metadataBytes } = this.#options;
    const { log, middleware, audience, limits } = policy;
    return {
      plan,
      release,
      peer,
      limits,
      metadataBytes,
      log,
      middleware,
      now: clock.now(),
      notify: (contract) => notify(policy, contract, () => audience.on(link)),
    };
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
    const { plan, service, procedure } = this.#find(path);
    if (plan !== undefined) {
      const message = `${named(path)} is a ${procedureKinds[plan.kind].title}: it is told, not called.`;
      return new ConcordatError("unimplemented", message);
    }
    const has = service?.releaseWith(procedure);
    return new ConcordatError(
      "unimplemented",
      has === undefined
        ? `There is no procedure ${named(path)} in what was negotiated on this connection.`
        : `${named(path)} is not in the negotiated release, or ended before the newest; ${service?.name} ${has} has it.`,
    );
  }
}

function named(path: string): string {
  return JSON.stringify(path.slice(0, 100));
}

function leaving(): ConcordatError {
  const message =
    "The call was not executed: this connection takes no new calls. Make it on another one.";
  return new ConcordatError("unavailable", message, { notExecuted: true });
}
