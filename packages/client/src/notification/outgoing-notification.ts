/** One notification from the application's act to where it left: nobody answers it. */
import { ConcordatError, type Metadata, type SendOptions } from "@concordat/core";
import {
  endOfOwnCall,
  noMetadata,
  type NotificationFrame,
  type NotificationLane,
  type NotificationSender,
} from "@concordat/core/internal";
import { joined } from "../call/call-defaults.ts";
import type { Caller } from "../call/caller.ts";
import { timeoutOf } from "../call/deadline.ts";
import { GivingUp } from "../call/giving-up.ts";
import { KeptRequest } from "../call/kept-request.ts";
import type { BoundProcedure } from "../call/procedure.ts";
import type { Connection } from "../connection/connection.ts";
import type { WaitingCall } from "../connection/pending-calls.ts";

/** What is told to whom. */
export interface NotificationPlan {
  readonly procedure: BoundProcedure;
  readonly message: KeptRequest;
  readonly options: SendOptions;
}

/**
 * Sends a notification.
 *
 * Settles when a connection has taken it; from there on a session that is resumed brings it over exactly once, and one
 * that is lost for good may take it along. Rejects with a ConcordatError where it was not sent; never throws.
 */
export function sendNotification(
  caller: Caller,
  procedure: BoundProcedure,
  message: unknown,
  options: SendOptions = {},
): Promise<void> {
  const kept = new KeptRequest(procedure, message);
  return new Promise((resolve, reject) => {
    new OutgoingNotification(
      caller,
      { procedure, message: kept, options },
      resolve,
      reject,
    ).start();
  });
}

class OutgoingNotification implements WaitingCall, NotificationSender {
  readonly #caller: Caller;
  readonly #plan: NotificationPlan;
  readonly #resolve: () => void;
  readonly #reject: (error: ConcordatError) => void;
  readonly #givingUp: GivingUp;
  #timeoutMs: number | undefined;
  #metadata: Metadata = noMetadata;
  deadline: number | undefined;
  /** Where it waits for credit. */
  #lane: NotificationLane | undefined;
  #callOff: (() => void) | undefined;
  #isOver = false;

  constructor(
    caller: Caller,
    plan: NotificationPlan,
    resolve: () => void,
    reject: (error: ConcordatError) => void,
  ) {
    this.#caller = caller;
    this.#plan = plan;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#givingUp = new GivingUp(caller.signals, plan.options, this.#aborted);
  }

  /** Sends it, or has it wait. */
  start(): void {
    const { options, procedure } = this.#plan;
    const { metadata, within, timeoutMs = procedure.defaults.timeoutMs } = options;
    const { limits, clock, connector } = this.#caller;
    const now = clock.now();
    try {
      this.#plan.message.writtenIn(procedure);
      this.#metadata = joined(procedure.defaults.metadata, metadata, limits.metadataBytes);
      this.#timeoutMs = timeoutOf(timeoutMs, within, clock);
      if (connector.negotiated === undefined) connector.pending.checkRoom();
      if (this.#timeoutMs !== undefined) this.deadline = now + this.#timeoutMs;
      if (!this.#givingUp.start()) return undefined;
    } catch (thrown) {
      return this.fail(ConcordatError.from(thrown, "invalid_argument"));
    }
    return this.#timeoutMs === 0 ? this.expire() : connector.submit(this);
  }

  sendOn(connection: Connection): boolean {
    if (this.#isOver) return true;
    const { clock } = this.#caller;
    const { contract, name } = this.#plan.procedure;
    const objection = connection.negotiated.objection(contract, name);
    if (this.deadline !== undefined && clock.now() >= this.deadline) this.expire();
    else if (objection !== undefined) this.fail(objection);
    else {
      try {
        return this.#sendOn(connection);
      } catch (thrown) {
        this.fail(ConcordatError.from(thrown, "internal"));
      }
    }
    return true;
  }

  unsend(): void {
    // None is sent ahead of the welcome.
  }

  expire(): void {
    const message = `${this.#plan.procedure.path} could not be sent within ${this.#timeoutMs} ms.`;
    this.fail(new ConcordatError("deadline_exceeded", message));
  }

  fail(error: ConcordatError): void {
    if (this.#end()) this.#reject(endOfOwnCall(error));
  }

  sent(): void {
    if (this.#end()) this.#resolve();
  }

  unsent(): void {
    this.#lane = undefined;
    this.#callOff?.();
    if (!this.#isOver) this.#caller.connector.putBack(this);
  }

  failed(error: ConcordatError): void {
    this.fail(error);
  }

  #sendOn(connection: Connection): boolean {
    const { procedure, message: kept } = this.#plan;
    const payload = kept.writtenIn(procedure.spokenIn(connection.negotiated)).bytes;
    const lane = connection.notificationLane(payload.length);
    if (lane === undefined) return false;
    if (lane.waiting < this.#caller.limits.callsInFlight) this.#hand(lane, payload);
    else {
      const message = `${procedure.path} was not sent: ${lane.waiting} notifications wait for the server already.`;
      this.fail(new ConcordatError("resource_exhausted", message, { notExecuted: true }));
    }
    return true;
  }

  #hand(lane: NotificationLane, payload: Uint8Array): void {
    const frame: NotificationFrame = {
      kind: "notification",
      id: 0,
      procedure: this.#plan.procedure.path,
      metadata: this.#metadata,
      payload,
    };
    this.#lane = lane;
    lane.send(frame, this);
    if (this.#isOver || this.deadline === undefined) return;
    this.#callOff = this.#caller.clock.wakeAt(this.deadline, () => this.expire());
  }

  readonly #aborted = (cause: unknown): void => {
    const message = `${this.#plan.procedure.path} was not sent: its signal aborted.`;
    this.fail(new ConcordatError("cancelled", message, { cause }));
  };

  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#callOff?.();
    this.#lane?.withdraw(this);
    this.#givingUp.stop();
    this.#caller.connector.withdraw(this);
    return true;
  }
}
