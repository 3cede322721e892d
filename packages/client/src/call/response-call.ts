/** A call with one response, as a promise. */
import type { CallOptions } from "@concordat/core";
import type { Caller } from "./caller.ts";
import type { CallPlan } from "./call-plan.ts";
import { OutgoingCall } from "./outgoing-call.ts";
import { KeptRequest } from "./kept-request.ts";
import type { CallableProcedure } from "./procedure.ts";
import { PromisedResponse } from "./promised-response.ts";

const noOptions: CallOptions = {};

/** Calls a unary procedure. Rejects with a ConcordatError; never throws. */
export function unaryCall(
  caller: Caller,
  procedure: CallableProcedure,
  request: unknown,
  options: CallOptions = noOptions,
): Promise<unknown> {
  return responseOf(caller, { procedure, request: new KeptRequest(procedure, request), options });
}

/** One promise for the whole call: each more would cost as much as a small message. */
export function responseOf(caller: Caller, plan: CallPlan): Promise<unknown> {
  return new Promise((resolve, reject) => {
    new OutgoingCall(caller, plan, new PromisedResponse(caller, resolve, reject)).start();
  });
}
