/** A call with one response, as a promise. */
import type { CallOptions } from "@concordat/core";
import { nil } from "@concordat/core/internal";
import type { Caller } from "./caller.ts";
import { type CallPlan, OutgoingCall } from "./outgoing-call.ts";
import type { CallableProcedure } from "./procedure.ts";

/** Calls a unary procedure. Rejects with a ConcordatError; never throws. */
export async function unaryCall(
  caller: Caller,
  procedure: CallableProcedure,
  request: unknown,
  options: CallOptions = {},
): Promise<unknown> {
  const payload = procedure.requestToBytes(request);
  return responseOf(caller, { procedure, payload, options });
}

/** Calls a client stream. Rejects with a ConcordatError; never throws. */
export async function clientStreamCall(
  caller: Caller,
  procedure: CallableProcedure,
  requests: unknown,
  options: CallOptions = {},
): Promise<unknown> {
  return responseOf(caller, { procedure, payload: nil, requests, options });
}

async function responseOf(caller: Caller, plan: CallPlan): Promise<unknown> {
  const { procedure } = plan;
  const payload = await new Promise<Uint8Array>((resolve, reject) => {
    new OutgoingCall(caller, plan, {
      item: () => undefined, // the call machine lets no item through on these kinds
      finished: (response = nil) => resolve(response),
      failed: reject,
    }).start();
  });
  const release = caller.connector.negotiated?.releases.get(procedure.contract);
  return procedure.responseFromBytes(payload, release);
}
