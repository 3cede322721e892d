/** A procedure as a function whose calls run through interceptors. */
import type { CallOptions } from "@concordat/core";
import { type CallFunction, orEmpty } from "../call/call-function.ts";
import type { Caller } from "../call/caller.ts";
import { type BoundProcedure, isCallable } from "../call/procedure.ts";
import { unaryCall } from "../call/response-call.ts";
import {
  bidiStreamIterator,
  clientStreamCall,
  oneIteration,
  serverStreamIterator,
} from "../call/stream-call.ts";
import { sendNotification } from "../notification/outgoing-notification.ts";
import { InterceptedIterator } from "./intercepted-iterator.ts";
import type { Interceptor } from "./interceptor.ts";
import { interceptedResponse } from "./intercepted-response.ts";
import { OutgoingContext } from "./outgoing-context.ts";

type MakeResponse = (request: unknown, options: CallOptions) => Promise<unknown>;
type MakeStream = (request: unknown, options: CallOptions) => AsyncIterator<unknown>;

/** Makes the function. Only of clients that have interceptors. */
export function interceptedFunction(
  interceptors: readonly Interceptor[],
  caller: Caller,
  bound: BoundProcedure,
): CallFunction {
  const contextOf = (request: unknown, options: CallOptions): OutgoingContext =>
    new OutgoingContext(bound, orEmpty(request), options, caller.limits.metadataBytes);
  const responding =
    (make: MakeResponse): CallFunction =>
    async (request: unknown, options = {}) =>
      interceptedResponse(interceptors, contextOf(request, options), make);
  const streaming =
    (make: MakeStream): CallFunction =>
    (request: unknown, options = {}) =>
      oneIteration(() => new InterceptedIterator(interceptors, contextOf(request, options), make));
  if (!isCallable(bound)) {
    return responding((message, options) => sendNotification(caller, bound, message, options));
  }
  switch (bound.kind) {
    case "unary":
      return responding((request, options) => unaryCall(caller, bound, request, options));
    case "clientStream":
      return responding((requests, options) => clientStreamCall(caller, bound, requests, options));
    case "serverStream":
      return streaming((request, options) => serverStreamIterator(caller, bound, request, options));
    case "bidiStream":
      return streaming((requests, options) => bidiStreamIterator(caller, bound, requests, options));
  }
}
