/** A procedure as a function whose calls run through interceptors. */
import type { CallOptions } from "@concordat/core";
import { type CallFunction, orEmpty } from "../call/call-function.ts";
import type { Caller } from "../call/caller.ts";
import { type BoundProcedure, isCallable } from "../call/procedure.ts";
import { clientStreamCall, unaryCall } from "../call/response-call.ts";
import { bidiStreamIterator, oneIteration, serverStreamIterator } from "../call/stream-call.ts";
import { sendNotification } from "../notification/outgoing-notification.ts";
import { InterceptedIterator } from "./intercepted-iterator.ts";
import { interceptedResponse } from "./intercepted-response.ts";
import { OutgoingContext } from "./outgoing-context.ts";

type MakeResponse = (request: unknown, options: CallOptions) => Promise<unknown>;
type MakeStream = (request: unknown, options: CallOptions) => AsyncIterator<unknown>;

/** Makes the function. Only of clients that have interceptors. */
export function interceptedFunction(caller: Caller, bound: BoundProcedure): CallFunction {
  if (!isCallable(bound)) {
    return responding(caller, bound, (message, options) =>
      sendNotification(caller, bound, message, options),
    );
  }
  switch (bound.kind) {
    case "unary":
      return responding(caller, bound, (request, options) =>
        unaryCall(caller, bound, request, options),
      );
    case "clientStream":
      return responding(caller, bound, (requests, options) =>
        clientStreamCall(caller, bound, requests, options),
      );
    case "serverStream":
      return streaming(caller, bound, (request, options) =>
        serverStreamIterator(caller, bound, request, options),
      );
    case "bidiStream":
      return streaming(caller, bound, (requests, options) =>
        bidiStreamIterator(caller, bound, requests, options),
      );
  }
}

function responding(caller: Caller, bound: BoundProcedure, make: MakeResponse): CallFunction {
  return async (request: unknown, options = {}) =>
    interceptedResponse(caller.interceptors, contextOf(caller, bound, request, options), make);
}

function streaming(caller: Caller, bound: BoundProcedure, make: MakeStream): CallFunction {
  return (request: unknown, options = {}) =>
    oneIteration(() => {
      const context = contextOf(caller, bound, request, options);
      return new InterceptedIterator(caller.interceptors, context, make);
    });
}

function contextOf(
  { limits }: Caller,
  bound: BoundProcedure,
  request: unknown,
  options: CallOptions,
): OutgoingContext {
  return new OutgoingContext(bound, orEmpty(request), options, limits.metadataBytes);
}
