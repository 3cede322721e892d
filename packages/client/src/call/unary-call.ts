/** A call with one response, as a promise. */
import type { CallOptions } from "@concordat/core";
import type { Caller } from "./caller.ts";
import { OutgoingCall, type OutgoingEar } from "./outgoing-call.ts";
import type { BoundProcedure } from "./procedure.ts";

/** Calls a unary procedure. Rejects with a ConcordatError; never throws. */
export function unaryCall(
  caller: Caller,
  procedure: BoundProcedure,
  request: unknown,
  options: CallOptions = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const payload = procedure.requestToBytes(request);
    const ear = responseEar(caller, procedure, { resolve, reject });
    new OutgoingCall(caller, { procedure, payload, options }, ear).start();
  });
}

/** The ear of a call that settles one promise. */
export function responseEar(
  caller: Caller,
  procedure: BoundProcedure,
  promise: {
    readonly resolve: (response: unknown) => void;
    readonly reject: (error: unknown) => void;
  },
): OutgoingEar {
  return {
    sent: nothing,
    writable: nothing,
    item: nothing,
    failed: promise.reject,
    finished(payload) {
      try {
        const release = caller.connector.releases.get(procedure.contract);
        promise.resolve(procedure.responseFromBytes(payload ?? new Uint8Array(), release));
      } catch (error) {
        promise.reject(error);
      }
    },
  };
}

function nothing(): void {
  // The response of a unary call comes in one piece.
}
