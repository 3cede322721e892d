/** A call that streams requests, responses or both, from its request to its end. */
import { type ConcordatError, type Items, procedureKinds } from "@concordat/core";
import {
  type Call,
  type CallEar,
  Gate,
  type RequestFrame,
  runThrough,
} from "@concordat/core/internal";

import type { CallContext } from "./call-context.ts";
import { failCall } from "./caller-error.ts";
import type { AgreedProcedure } from "../service/agreed-procedures.ts";
import type { CallDesk } from "./call-desk.ts";
import type { CallOutcome } from "../fleet/fleet-snapshot.ts";
import type { ItemConverter } from "../adapter/message-conversion.ts";
import { OutgoingResponse } from "../service/outgoing-response.ts";
import { ReceiveStream } from "./receive-stream.ts";
import { type Sending, sendStream } from "./send-stream.ts";
import { ServerFault } from "../conversion/server-fault.ts";
import { isAbort } from "../abort.ts";

/** Answers a call that streams. Never throws. */
export function dispatchStream(
  call: Call,
  frame: RequestFrame,
  context: CallContext,
  called: AgreedProcedure,
  desk: CallDesk,
): void {
  const { plan, dialect } = called;
  const row = desk.rowOf(called);
  const { limits, log } = desk;
  const { requestStream, responseStream } = procedureKinds[plan.kind];
  const gate = new Gate();
  const requests = requestStream ? new ReceiveStream(call) : undefined;
  let reader: ItemConverter<Uint8Array, unknown> | undefined;
  let outcome: CallOutcome = "ok";
  let sending: Sending | undefined;
  row.begin();
  call.listen(ear());
  void run();

  async function run(): Promise<void> {
    try {
      await runThrough(desk.middleware, context, answer);
      if (call.state !== "over") throw new ServerFault("a middleware let the call end unanswered");
    } catch (error) {
      const { ended } = context;
      outcome = ended !== undefined && isAbort(error, ended) ? ended.code : fail(error).code;
    } finally {
      requests?.discard(); // a producer may wait for these
      await sending?.left; // until then it runs, and is counted
      row.end(outcome);
      desk.finished(frame);
    }
  }

  async function answer(): Promise<void> {
    const request = requests ?? plan.readRequest(frame.payload, limits, dialect);
    const answered = plan.run(request, context);
    if (responseStream) {
      const writer = plan.writeResponses(dialect);
      sending = { call, context, writer, gate, clock: desk.clock };
      await sendStream(answered as Items<unknown>, sending); // the handler's type says so
      call.sendEnd(context.trailing);
    } else {
      const response = await answered;
      if (context.ended !== undefined) throw context.ended; // nobody waits for it any more
      call.respond(new OutgoingResponse(plan, dialect, response), context.trailing);
    }
  }

  function ear(): CallEar {
    return {
      leading: () => undefined, // only a requester hears this
      item(payload) {
        try {
          reader ??= plan.readRequests(limits, dialect);
          requests?.push([...reader.item(payload)], payload.length);
        } catch (error) {
          end(fail(error));
        }
      },
      finished() {
        try {
          reader ??= plan.readRequests(limits, dialect); // its last word is due where no item came, too
          requests?.push([...(reader.end?.() ?? [])], 0);
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

  function fail(thrown: unknown): ConcordatError {
    return failCall(call, context.trailing, thrown, { plan, dialect, log });
  }
}
