/** What a client that was let in asks for: finds the plan of what it names in what was agreed on, and has it run. */
import {
  ConcordatError,
  type Notice,
  type NotifyingContract,
  type Peer,
  procedureKinds,
} from "@concordat/core";
import type {
  Call,
  Clock,
  Limits,
  Link,
  ReceivedNotification,
  RequestFrame,
} from "@concordat/core/internal";

import type { AdmissionPolicy } from "./admission.ts";
import { type AgreedProcedure, named } from "../service/agreed-procedures.ts";
import type { Agreement } from "./agreement.ts";
import type { CallDesk } from "../call/call-desk.ts";
import { dispatch } from "../call/dispatch.ts";
import type { CallRow } from "../fleet/call-row.ts";
import type { Member as FleetMember } from "../fleet/member.ts";
import type { Identity } from "../peer/identity.ts";
import type { Log } from "../log/log.ts";
import type { Middleware } from "../middleware/middleware.ts";
import type { Member } from "../notification/audience.ts";
import { notify } from "../notification/notify.ts";
import { receiveNotification } from "../notification/receive-notification.ts";
import { type CallPlan, isCallPlan } from "../service/procedure-plan.ts";
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
export class Reception implements Member, CallDesk {
  readonly identity: Identity;
  readonly agreement: Agreement;
  readonly member: FleetMember;
  readonly link: Link;
  readonly clock: Clock;
  readonly #policy: AdmissionPolicy;
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
    this.clock = clock;
    this.#owner = owner;
  }

  get contracts(): Agreement["contracts"] {
    return this.agreement.contracts;
  }

  get peer(): Peer {
    return this.identity.peer;
  }

  get limits(): Limits {
    return this.#policy.limits;
  }

  get metadataBytes(): number {
    return Math.min(this.#policy.limits.metadataBytes, this.agreement.limits.metadataBytes);
  }

  get log(): Log {
    return this.#policy.log;
  }

  get middleware(): readonly Middleware[] {
    return this.#policy.middleware;
  }

  rowOf({ plan, service, procedure }: AgreedProcedure): CallRow {
    return this.member.callRow(service.name, procedure, plan);
  }

  finished(frame: RequestFrame): void {
    this.#workload?.give(frame);
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
    this.#leavesSince ??= this.clock.now();
  }

  /** The plan of a procedure that is called; a notification is none. */
  planOf(path: string): CallPlan | undefined {
    const plan = this.agreement.procedures.find(path)?.plan;
    return plan !== undefined && isCallPlan(plan) ? plan : undefined;
  }

  /** A call was opened. */
  request(call: Call, frame: RequestFrame, now: number): void {
    const { procedures } = this.agreement;
    const found = procedures.find(frame.procedure);
    if (found === undefined || !isCallPlan(found.plan)) {
      this.#miss(frame.procedure);
      return call.fail(procedures.unimplemented(frame.procedure));
    }
    if (this.#refuses(call)) return call.fail(leaving());
    this.#workload ??= new Workload(this.#policy.limits);
    const objection = this.#workload.take(frame);
    if (objection !== undefined) return call.fail(objection);
    this.#announce(found);
    return dispatch(call, frame, found, this, now);
  }

  /** Something was told that is not answered. */
  notification(received: ReceivedNotification): void {
    const { procedure } = received.frame;
    const { procedures } = this.agreement;
    const found = procedures.find(procedure);
    const lane = this.link.notifications;
    if (found?.plan.kind === "clientNotification" && lane !== undefined) {
      // Notifications are bounded by their own credit: no workload counts them.
      return receiveNotification(received, found, this, (listener) => lane.onAbandon(listener));
    }
    this.#miss(procedure);
    const message =
      found === undefined
        ? procedures.unimplemented(procedure).rawMessage
        : `${named(procedure)} is a ${procedureKinds[found.plan.kind].title}, and no client notification.`;
    this.#policy.log({ level: "info", event: "notification-dropped", message });
    return received.done();
  }

  /** Counts who said something that nobody answers. */
  #miss(procedure: string): void {
    const missing = this.agreement.procedures.missing(procedure);
    if (missing !== undefined) this.member.missed(missing.contract, missing.procedure);
  }

  #announce({ path, service, procedure, deprecation }: AgreedProcedure): void {
    if (deprecation === undefined || this.#announced?.has(path) === true) return;
    this.#announced = (this.#announced ?? new Set<string>()).add(path);
    const { agreed } = this.agreement;
    const served = this.#policy.served();
    this.#owner.notice(agreed.noticeAtCall(deprecation, service.name, procedure, served));
  }

  /**
   * Whether a call comes too late. What streams its requests is let in for a moment more: its items are under way
   * already, and a client cannot send them a second time.
   */
  #refuses(call: Call): boolean {
    if (this.#leavesSince === undefined) return false;
    const leftFor = this.clock.now() - this.#leavesSince;
    return !procedureKinds[call.kind].requestStream || leftFor >= streamsAfterGoawayMs;
  }
}

function leaving(): ConcordatError {
  const message =
    "The call was not executed: this connection takes no new calls. Make it on another one.";
  return new ConcordatError("unavailable", message, { notExecuted: true });
}
