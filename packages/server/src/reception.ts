/** What a client that was let in asks for: finds the plan of what it names in what was agreed on, and has it run. */
import {
  ConcordatError,
  type Notice,
  type NotifyingContract,
  procedureKinds,
} from "@concordat/core";
import type {
  Call,
  Clock,
  Link,
  ReceivedNotification,
  RequestFrame,
} from "@concordat/core/internal";

import type { AdmissionPolicy } from "./admission.ts";
import { type AgreedProcedure, named } from "./agreed-procedures.ts";
import type { Agreement } from "./agreement.ts";
import { dispatch } from "./dispatch.ts";
import type { DispatchOptions } from "./dispatch-options.ts";
import type { Member as FleetMember } from "./fleet/member.ts";
import type { Identity } from "./identity.ts";
import type { Member } from "./notification/audience.ts";
import { notify } from "./notification/notify.ts";
import { receiveNotification } from "./notification/receive-notification.ts";
import { type CallPlan, isCallPlan } from "./procedure-plan.ts";
import { Workload } from "./workload.ts";

/** The connection, as far as its calls concern it. */
export interface Owner {
  /** Says something that a person should know. */
  notice(notice: Notice): void;
  /** The client does not take the notifications that it is sent. */
  overrun(): void;
}

/** What was agreed on, and with whom. */
export interface ReceptionOptions {
  readonly policy: AdmissionPolicy;
  readonly clock: Clock;
  readonly identity: Identity;
  readonly agreement: Agreement;
  /** Where its calls are counted. */
  readonly member: FleetMember;
  readonly owner: Owner;
  readonly link: Link;
}

/** As long as a goaway may take to be read on a bad network. */
const streamsAfterGoawayMs = 2_000;

/** One client's calls and notifications on their way to the handlers, and the client itself among those that are notified. */
export class Reception implements Member {
  readonly identity: Identity;
  readonly agreement: Agreement;
  readonly member: FleetMember;
  readonly link: Link;
  readonly #policy: AdmissionPolicy;
  readonly #clock: Clock;
  readonly #owner: Owner;
  /** When it began to take no new calls. */
  #leavesSince: number | undefined;
  /** Made with the first call. */
  #workload: Workload | undefined;
  /** Procedures that were called and will go: each is said once. */
  #announced: Set<string> | undefined;

  constructor({ policy, clock, identity, agreement, member, owner, link }: ReceptionOptions) {
    this.identity = identity;
    this.agreement = agreement;
    this.member = member;
    this.link = link;
    this.#policy = policy;
    this.#clock = clock;
    this.#owner = owner;
  }

  get contracts(): Agreement["contracts"] {
    return this.agreement.contracts;
  }

  overrun(): void {
    this.#owner.overrun();
  }

  /** The functions that send a contract's notifications to this client. */
  notify<Notifiers>(contract: NotifyingContract<Notifiers>): Notifiers {
    const { audience } = this.#policy;
    return notify(this.#policy, contract, () => audience.on(this.link));
  }

  /** Takes no new calls from now on. */
  leave(): void {
    this.#leavesSince ??= this.#clock.now();
  }

  /** The plan of a procedure that is called; a notification is none. */
  planOf(path: string): CallPlan | undefined {
    const plan = this.agreement.procedures.find(path)?.plan;
    return plan !== undefined && isCallPlan(plan) ? plan : undefined;
  }

  /** A call was opened. */
  request(call: Call, frame: RequestFrame): void {
    const { procedures } = this.agreement;
    const found = procedures.find(frame.procedure);
    if (found === undefined || !isCallPlan(found.plan)) {
      const missing = procedures.missing(frame.procedure);
      if (missing !== undefined) this.member.missed(missing.contract, missing.procedure);
      return call.fail(procedures.unimplemented(frame.procedure));
    }
    if (this.#refuses(call)) return call.fail(leaving());
    const bytes = frame.payload.length;
    const workload = (this.#workload ??= new Workload(this.#policy.limits));
    const objection = workload.take(bytes);
    if (objection !== undefined) return call.fail(objection);
    this.#announce(found);
    return dispatch(
      call,
      frame,
      this.#dispatching(found, () => workload.give(bytes)),
    );
  }

  /** Something was told that is not answered. */
  notification(received: ReceivedNotification): void {
    const { procedure } = received.frame;
    const found = this.agreement.procedures.find(procedure);
    if (found?.plan.kind === "clientNotification") {
      return receiveNotification(received, {
        ...this.#dispatching(found, nothing),
        onAbandon: (listener) => this.link.notifications.onAbandon(listener),
      });
    }
    const message = `There is no client notification ${named(procedure)} in what was negotiated.`;
    this.#policy.log({ level: "info", event: "notification-dropped", message });
    return received.done();
  }

  #dispatching(
    { plan, dialect, service, procedure }: AgreedProcedure,
    finished: () => void,
  ): DispatchOptions {
    const { log, middleware, limits } = this.#policy;
    return {
      plan,
      dialect,
      peer: this.identity.peer,
      limits,
      metadataBytes: Math.min(limits.metadataBytes, this.agreement.limits.metadataBytes),
      log,
      middleware,
      row: this.member.callRow(service.name, procedure, plan),
      now: this.#clock.now(),
      finished,
      caller: this,
    };
  }

  #announce({ path, service, procedure }: AgreedProcedure): void {
    const notice = this.agreement.agreed.noticeAtCall(service, procedure);
    if (notice === undefined || this.#announced?.has(path) === true) return;
    this.#announced = (this.#announced ?? new Set<string>()).add(path);
    this.#owner.notice({ ...notice, procedure });
  }

  /**
   * Whether a call comes too late. What streams its requests is let in for a moment more: its items are under way
   * already, and a client cannot send them a second time.
   */
  #refuses(call: Call): boolean {
    if (this.#leavesSince === undefined) return false;
    const leftFor = this.#clock.now() - this.#leavesSince;
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
