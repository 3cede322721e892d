/** One call from its request to its end: check, convert, handle, convert, check, reply. */
import {
  ConcordatError,
  type Context,
  type Items,
  type Peer,
  procedureKinds,
} from "@concordat/core";
import {
  type Call,
  type CallEar,
  Gate,
  type Limits,
  type RequestFrame,
} from "@concordat/core/internal";

import { CallContext } from "./call-context.ts";
import { callerError, isAbort } from "./caller-error.ts";
import type { Log } from "./log.ts";
import type { ItemConverter } from "./message-conversion.ts";
import { type Middleware, runThrough } from "./middleware.ts";
import type { ProcedurePlan } from "./procedure-plan.ts";
import { ReceiveStream } from "./receive-stream.ts";
import { sendStream } from "./send-stream.ts";
import { ServerFault } from "./server-fault.ts";

/** What a dispatch needs beside the call. */
export interface DispatchOptions {
  readonly plan: ProcedurePlan;
  /** The caller's. */
  readonly release: string;
  readonly peer: Peer;
  readonly limits: Limits;
  /** The most metadata that either side accepts. */
  readonly metadataBytes: number;
  readonly log: Log;
  readonly middleware: readonly Middleware[];
  readonly now: number;
  /** Sends notifications to the caller. */
  readonly notify: Context["notify"];
}

/** Answers a call. Never throws: whatever goes wrong is the caller's to hear, or the log's. */
export function dispatch(call: Call, frame: RequestFrame, options: DispatchOptions): void {
  const { plan, release, limits, log } = options;
  const { requestStream, responseStream } = procedureKinds[plan.kind];
  const context = new CallContext({
    call,
    frame,
    release,
    composition: plan.composition,
    peer: options.peer,
    now: options.now,
    metadataBytes: options.metadataBytes,
    notify: options.notify,
  });
  const gate = new Gate();
  const requests = requestStream ? new ReceiveStream(call) : undefined;
  let reader: ItemConverter<Uint8Array, unknown> | undefined;
  call.listen(ear());
  void run();

  async function run(): Promise<void> {
    try {
      await runThrough(options.middleware, context, answer);
      if (call.state !== "over") throw new ServerFault("a middleware let the call end unanswered");
    } catch (error) {
      if (context.ended === undefined || !isAbort(error, context.ended)) fail(error);
    } finally {
      requests?.discard();
    }
  }

  async function answer(): Promise<void> {
    const request = requests ?? plan.readRequest(frame.payload, limits, release);
    const answered = plan.run(request, context);
    if (responseStream) {
      await sendStream(answered as Items<unknown>, call, context, plan, gate); // the handler's type says so
      call.sendEnd(context.trailing);
    } else {
      const response = await answered;
      if (context.ended !== undefined) throw context.ended; // nobody waits for it any more
      call.respond(plan.writeResponse(response), context.trailing);
    }
  }

  function ear(): CallEar {
    return {
      leading: () => undefined, // only a requester hears this
      item(payload) {
        try {
          reader ??= plan.readRequests(limits, release);
          requests?.push([...reader.item(payload)], payload.length);
        } catch (error) {
          end(fail(error));
        }
      },
      finished() {
        try {
          requests?.push([...(reader?.end?.() ?? [])], 0);
          requests?.end();
        } catch (error) {
          end(fail(error));
        }
      },
      failed: end,
      writable: () => gate.open(),
    };
  }

  function end(error: ConcordatError): void {
    context.end(error);
    requests?.end(error);
    gate.open();
  }

  /** Returns what the caller was told. */
  function fail(thrown: unknown): ConcordatError {
    const { error, metadata } = callerError(thrown, { plan, release, log });
    try {
      call.fail(error, [...context.trailing, ...metadata]);
    } catch {
      // With its details it is over the peer's limits: its code still fits.
      call.fail(new ConcordatError(error.code, "The error is too large to be sent."));
    }
    return error;
  }
}
