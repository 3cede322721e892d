/** The heads of the functions that a procedure becomes, for each kind. */
import { procedureKinds } from "@concordat/core";

import { call, choice, type Code, member, sequence } from "./code.ts";
import type { NamedProcedure } from "./procedure-tree.ts";
import type { TypeReferences } from "./type-references.ts";

/** Whether a caller has to give a request. */
export type RequestNeed = "needed" | "optional";

/** A method of the client: `place(request: PlaceRequest, options?: CallOptions): Promise<Order>`; or what is listened to. */
export function callerSignature(
  named: NamedProcedure,
  need: RequestNeed,
  types: TypeReferences,
  entry: string,
): Code {
  const { name, segment, procedure } = named;
  if (procedure.kind === "serverNotification") return sourceSignature(named, types, entry);
  if (procedure.kind === "clientNotification") return sendSignature(named, need, types, entry);
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

/** A notification that clients listen to: `readonly changed: NotificationSource<ChangedMessage>`. */
function sourceSignature(
  { name, segment }: NamedProcedure,
  types: TypeReferences,
  entry: string,
): Code {
  const message = types.message(types.names.procedure(name).response);
  const source = generic(types.runtime("NotificationSource", entry), message);
  return member(sequence("readonly ", segment), source);
}

/** A notification that clients send: `seen(message: SeenMessage, options?: SendOptions): Promise<void>`. */
function sendSignature(
  { name, segment }: NamedProcedure,
  need: RequestNeed,
  types: TypeReferences,
  entry: string,
): Code {
  const type = types.message(types.names.procedure(name).request);
  const message = member(need === "optional" ? "message?" : "message", type);
  const options = member("options?", types.runtime("SendOptions", entry));
  const promise = generic(types.global("Promise"), "void");
  return sequence(call(segment, [message, options]), ": ", promise);
}

/** What a server sends a notification with: `readonly changed: SendNotification<ChangedMessage>`. */
export function notifierSignature(
  { name, segment }: NamedProcedure,
  types: TypeReferences,
  entry: string,
): Code {
  const message = types.message(types.names.procedure(name).response);
  const send = generic(types.runtime("SendNotification", entry), message);
  return member(sequence("readonly ", segment), send);
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
  const response =
    procedure.kind === "clientNotification" ? "void" : types.message(messages.response);
  const result = responseStream
    ? generic(types.runtime("Items", entry), response)
    : choice([generic(types.global("Promise"), response), response]);
  const context = member("context", types.runtime("Context", entry));
  return member(segment, sequence(call("", [first, context]), " => ", result));
}

function generic(type: Code, argument: Code): Code {
  return sequence(type, "<", argument, ">");
}
