/** What a client that was let in asks for: finds the plan of what it names in what was agreed on, and has it run. */
import { ConcordatError, type Notice, procedureKinds } from "@concordat/core";
import type {
  Call,
  Clock,
  Link,
  ReceivedNotification,
  RequestFrame,
} from "@concordat/core/internal";

import type { Admitted, AdmissionPolicy } from "./admission.ts";
import { type AgreedProcedure, AgreedProcedures, named } from "./agreed-procedures.ts";
import { dispatch } from "./dispatch.ts";
import type { DispatchOptions } from "./dispatch-options.ts";
import type { Member } from "./fleet/member.ts";
import type { Identity } from "./identity.ts";
import { notify } from "./notification/notify.ts";
import { receiveNotification } from "./notification/receive-notification.ts";
import { type CallPlan, isCallPlan } from "./procedure-plan.ts";
import type { AgreedContracts } from "./retirement/agreed-contracts.ts";
import { Workload } from "./workload.ts";

/** What was agreed on, and with whom. */
export interface ReceptionOptions {
  readonly policy: AdmissionPolicy;
  readonly clock: Clock;
  readonly identity: Pick<Identity, "peer">;
  readonly contracts: ReadonlyMap<string, Admitted>;
  readonly agreed: AgreedContracts;
  /** Where its calls are counted. */
  readonly member: Member;
  /** Says something that a person should know. */
  readonly tell: (notice: Notice) => void;
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

  readonly #procedures: AgreedProcedures;
  readonly #workload: Workload;
  /** One for all calls. */
  readonly #notify: DispatchOptions["notify"];

  constructor(options: ReceptionOptions) {
    const { policy, link, contracts } = options;
    this.#options = options;
    this.#workload = new Workload(policy.limits);
    this.#procedures = new AgreedProcedures(contracts);
    this.#notify = (contract) => notify(policy, contract, () => policy.audience.on(link));
  }

  /** Takes no new calls from now on. */
  leave(): void {
    this.#leavesSince ??= this.#options.clock.now();
  }

  /** The plan of a procedure that is called; a notification is none. */
  planOf(path: string): CallPlan | undefined {
    const plan = this.#procedures.find(path)?.plan;
    return plan !== undefined && isCallPlan(plan) ? plan : undefined;
  }

  /** A call was opened. */
  request(call: Call, frame: RequestFrame): void {
    const found = this.#procedures.find(frame.procedure);
    if (found === undefined || !isCallPlan(found.plan)) {
      const missing = this.#procedures.missing(frame.procedure);
      if (missing !== undefined) this.#options.member.missed(missing.contract, missing.procedure);
      return call.fail(this.#procedures.unimplemented(frame.procedure));
    }
    if (this.#refuses(call)) return call.fail(leaving());
    const bytes = frame.payload.length;
    const objection = this.#workload.take(bytes);
    if (objection !== undefined) return call.fail(objection);
    const notice = this.#options.agreed.noticeAtCall(found.service, found.procedure);
    if (notice !== undefined) this.#options.tell(notice);
    return dispatch(
      call,
      frame,
      this.#dispatching(found, () => this.#workload.give(bytes)),
    );
  }

  /** Something was told that is not answered. */
  notification(received: ReceivedNotification): void {
    const { procedure } = received.frame;
    const found = this.#procedures.find(procedure);
    const { policy, link } = this.#options;
    if (found?.plan.kind === "clientNotification") {
      return receiveNotification(received, {
        ...this.#dispatching(found, nothing),
        onAbandon: (listener) => link.notifications.onAbandon(listener),
      });
    }
    const message = `There is no client notification ${named(procedure)} in what was negotiated.`;
    policy.log({ level: "info", event: "notification-dropped", message });
    return received.done();
  }

  #dispatching(
    { plan, dialect, service, procedure }: AgreedProcedure,
    finished: () => void,
  ): DispatchOptions {
    const { policy, clock, identity, member, metadataBytes } = this.#options;
    const { log, middleware, limits } = policy;
    return {
      plan,
      dialect,
      peer: identity.peer,
      limits,
      metadataBytes,
      log,
      middleware,
      row: member.callRow(service.name, procedure, plan),
      now: clock.now(),
      finished,
      notify: this.#notify,
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
}

/** Notifications are bounded by their own credit. */
function nothing(): void {
  // Nobody counts them.
}

function leaving(): ConcordatError {
  const message =
    "The call was not executed: this connection takes no new calls. Make it on another one.";
  return new ConcordatError("unavailable", message, { notExecuted: true });
}
