/** A call with one response, as a promise. */
import type { CallOptions } from "@concordat/core";
import { nil } from "@concordat/core/internal";
import type { Caller } from "./caller.ts";
import { type CallPlan, OutgoingCall } from "./outgoing-call.ts";
import { KeptRequest } from "./kept-request.ts";
import type { CallableProcedure } from "./procedure.ts";

const noOptions: CallOptions = {};

/** Calls a unary procedure. Rejects with a ConcordatError; never throws. */
export function unaryCall(
  caller: Caller,
  procedure: CallableProcedure,
  request: unknown,
  options: CallOptions = noOptions,
): Promise<unknown> {
  return responseOf(caller, () => {
    return { procedure, request: new KeptRequest(procedure, request), options };
  });
}

/** One promise for the whole call: each more would cost as much as a small message. What `plan` throws rejects it. */
export function responseOf(caller: Caller, plan: () => CallPlan): Promise<unknown> {
  return new Promise((resolve, reject) => {
    new OutgoingCall(caller, plan(), {
      item: () => undefined, // the call machine lets no item through on these kinds
      finished(response = nil, spoken) {
        try {
          const release = caller.connector.negotiated?.releases.get(spoken.contract);
          resolve(spoken.responseFromBytes(response, release));
        } catch (error) {
          reject(error);
        }
      },
      failed: reject,
    }).start();
  });
}
