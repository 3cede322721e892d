/** One call from its request to its end: check, convert, handle, convert, check, reply. */
import { ConcordatError, type Items, type Peer, procedureKinds } from "@concordat/core";
import {
  type Call,
  type CallEar,
  type Limits,
  present,
  type RequestFrame,
} from "@concordat/core/internal";

import { CallContext } from "./call-context.ts";
import type { Log } from "./log.ts";
import { type Middleware, runThrough } from "./middleware.ts";
import type { ProcedurePlan } from "./procedure-plan.ts";
import { ReceiveStream } from "./receive-stream.ts";
import { Gate, sendStream } from "./send-stream.ts";
import { ServerFault } from "./server-fault.ts";

/** What a dispatch needs beside the call. */
export interface DispatchOptions {
  readonly plan: ProcedurePlan;
  readonly peer: Peer;
  readonly limits: Limits;
  readonly log: Log;
  readonly middleware: readonly Middleware[];
  readonly now: number;
}

/** Answers a call. Never throws: whatever goes wrong is the caller's to hear, or the log's. */
export function dispatch(call: Call, frame: RequestFrame, options: DispatchOptions): void {
  const { plan, limits, log } = options;
  const { requestStream, responseStream } = procedureKinds[plan.kind];
  const context = new CallContext({
    call,
    frame,
    release: plan.release,
    peer: options.peer,
    now: options.now,
    metadataBytes: limits.metadataBytes,
  });
  const gate = new Gate();
  const requests = requestStream ? new ReceiveStream(call) : undefined;
  call.listen(ear());
  void run();

  async function run(): Promise<void> {
    try {
      await runThrough(options.middleware, context, answer);
    } catch (error) {
      fail(error);
    } finally {
      requests?.discard();
    }
  }

  async function answer(): Promise<void> {
    const request = requests ?? plan.readRequest(frame.payload, limits);
    const answered = plan.run(request, context);
    if (responseStream) {
      await sendStream(answered as Items<unknown>, call, context, plan, gate); // the handler's type says so
      call.sendEnd(context.trailing);
    } else call.respond(plan.writeResponse(await answered), context.trailing);
  }

  function ear(): CallEar {
    return {
      leading: () => undefined, // only a requester hears this
      item(payload) {
        try {
          requests?.push(plan.readRequest(payload, limits), payload.length);
        } catch (error) {
          fail(error);
          end(ConcordatError.from(error, "invalid_argument"));
        }
      },
      finished: () => requests?.end(),
      failed: end,
      writable: () => gate.open(),
    };
  }

  function end(error: ConcordatError): void {
    context.end(error);
    requests?.end(error);
    gate.open();
  }

  function fail(error: unknown): void {
    const told = callerError(error, plan, log);
    try {
      call.fail(told, context.trailing);
    } catch {
      // The error itself is over the peer's limits: its code and name still fit.
      call.fail(new ConcordatError(told.code, "The error is too large to be sent."));
    }
  }
}

/** What the caller hears of something that was thrown while its call was answered. */
function callerError(error: unknown, plan: ProcedurePlan, log: Log): ConcordatError {
  if (error instanceof ConcordatError && error.origin === "local")
    return inCallersWords(error, plan);
  const { name: procedure, release } = plan;
  if (error instanceof ServerFault) {
    log({
      level: "error",
      event: "promise-broken",
      procedure,
      release,
      path: error.path,
      message: error.message,
    });
  } else {
    log({ level: "error", event: "handler-failed", procedure, release, cause: error });
  }
  // What a handler throws by accident may hold anything: secrets, queries, paths. The log has it.
  return new ConcordatError("internal", "The server failed on this call; its log says why.");
}

/** A named error that the caller's release does not know keeps its code and message, and loses its payload. */
function inCallersWords(error: ConcordatError, plan: ProcedurePlan): ConcordatError {
  if (error.detail === undefined) return error;
  const detail = plan.callerDetail(error.detail);
  if (detail === undefined) {
    return new ConcordatError(error.code, `${error.rawMessage} (${error.detail.name})`, {
      ...present({ retryAfterMs: error.retryAfterMs }),
    });
  }
  return new ConcordatError(error.code, error.rawMessage, {
    detail,
    ...present({ retryAfterMs: error.retryAfterMs }),
  });
}
