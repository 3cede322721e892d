/** A unary call from its request to its response, without a promise where the handler makes none. */
import type { ConcordatError } from "@concordat/core";
import { type Call, type CallEar, type RequestFrame, runThrough } from "@concordat/core/internal";

import type { CallContext } from "./call-context.ts";
import { failCall } from "./caller-error.ts";
import type { AgreedProcedure } from "../service/agreed-procedures.ts";
import type { CallDesk } from "./call-desk.ts";
import type { CallRow } from "../fleet/call-row.ts";
import type { CallOutcome } from "../fleet/fleet-snapshot.ts";
import { OutgoingResponse } from "../service/outgoing-response.ts";
import { ServerFault } from "../conversion/server-fault.ts";
import { isThenable } from "../thenable.ts";
import { isAbort } from "../abort.ts";

/** One unary call. */
export class UnaryDispatch implements CallEar {
  readonly #call: Call;
  readonly #frame: RequestFrame;
  readonly #context: CallContext;
  readonly #called: AgreedProcedure;
  readonly #desk: CallDesk;
  readonly #row: CallRow;
  #isCounted = false;

  constructor(
    call: Call,
    frame: RequestFrame,
    context: CallContext,
    called: AgreedProcedure,
    desk: CallDesk,
  ) {
    this.#call = call;
    this.#frame = frame;
    this.#context = context;
    this.#called = called;
    this.#desk = desk;
    this.#row = desk.rowOf(called);
  }

  /** Answers the call. Never throws. */
  run(): void {
    this.#call.listen(this);
    this.#row.begin();
    if (this.#desk.middleware.length > 0) return void this.#runThroughMiddleware();
    try {
      const answered = this.#answer();
      if (isThenable(answered)) return void this.#respondLater(answered);
      this.#respond(answered);
    } catch (error) {
      this.#failed(error);
    }
    return this.#finish();
  }

  /** The caller is gone, or its deadline has passed. */
  failed(error: ConcordatError): void {
    this.#context.end(error);
  }

  leading(): void {
    // only a requester hears this
  }

  item(): void {
    // the call machine lets none through
  }

  finished(): void {
    // a unary caller has said all with its request
  }

  writable(): void {
    // one response needs no credit
  }

  #answer(): unknown {
    const { plan, dialect } = this.#called;
    const request = plan.readRequest(this.#frame.payload, this.#desk.limits, dialect);
    return plan.run(request, this.#context);
  }

  #respond(response: unknown): void {
    const { ended, trailing } = this.#context;
    if (ended !== undefined) throw ended; // nobody waits for it any more
    const { plan, dialect } = this.#called;
    this.#call.respond(new OutgoingResponse(plan, dialect, response), trailing);
    this.#count("ok");
  }

  async #respondLater(answered: PromiseLike<unknown>): Promise<void> {
    try {
      this.#respond(await answered);
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#finish();
    }
  }

  async #runThroughMiddleware(): Promise<void> {
    const { middleware } = this.#desk;
    try {
      await runThrough(middleware, this.#context, async () => this.#respond(await this.#answer()));
      if (this.#call.state !== "over")
        throw new ServerFault("a middleware let the call end unanswered");
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#finish();
    }
  }

  #failed(error: unknown): void {
    const { ended } = this.#context;
    const told =
      ended !== undefined && isAbort(error, ended)
        ? ended
        : failCall(this.#call, this.#context.trailing, error, {
            plan: this.#called.plan,
            dialect: this.#called.dialect,
            log: this.#desk.log,
          });
    this.#count(told.code);
  }

  /** Once: a middleware may fail after the response has left. */
  #count(outcome: CallOutcome): void {
    if (this.#isCounted) return;
    this.#isCounted = true;
    this.#row.end(outcome);
  }

  #finish(): void {
    this.#desk.finished(this.#frame);
  }
}
