/** The heads of the functions that a procedure becomes, for each of the four kinds. */
import { procedureKinds } from "@concordat/core";

import { call, choice, type Code, member, sequence } from "./code.ts";
import type { NamedProcedure } from "./procedure-tree.ts";
import type { TypeReferences } from "./type-references.ts";

/** Whether a caller has to give a request. */
export type RequestNeed = "needed" | "optional";

/** A method of the client: `place(request: PlaceRequest, options?: CallOptions): Promise<Order>`. */
export function callerSignature(
  { name, segment, procedure }: NamedProcedure,
  need: RequestNeed,
  types: TypeReferences,
  entry: string,
): Code {
  const { requestStream, responseStream } = procedureKinds[procedure.kind];
  const messages = types.names.procedure(name);
  const request = types.message(messages.request);
  const first = requestStream
    ? member("requests", generic(types.runtime("Items", entry), request))
    : member(need === "optional" ? "request?" : "request", request);
  const options = member("options?", types.runtime("CallOptions", entry));
  const result = types.global(responseStream ? "AsyncIterable" : "Promise");
  const response = types.message(messages.response);
  return sequence(call(segment, [first, options]), ": ", generic(result, response));
}

/** A handler: `place: (request: PlaceRequest, context: Context) => Promise<Order> | Order`. */
export function handlerSignature(
  { name, segment, procedure }: NamedProcedure,
  types: TypeReferences,
  entry: string,
): Code {
  const { requestStream, responseStream } = procedureKinds[procedure.kind];
  const messages = types.names.procedure(name);
  const request = types.message(messages.request);
  const first = requestStream
    ? member("requests", generic(types.global("AsyncIterable"), request))
    : member("request", request);
  const response = types.message(messages.response);
  const result = responseStream
    ? generic(types.runtime("Items", entry), response)
    : choice([generic(types.global("Promise"), response), response]);
  const context = member("context", types.runtime("Context", entry));
  return member(segment, sequence(call("", [first, context]), " => ", result));
}

function generic(type: Code, argument: Code): Code {
  return sequence(type, "<", argument, ">");
}
