/** The kinds with streams, each by itself: a page loads only those that its contracts have. */
import type { Items } from "@concordat/core";
import { slowReader, streamPart } from "@concordat/core/internal";
import { orEmpty } from "../call/call-function.ts";
import type { Caller } from "../call/caller.ts";
import { bidiStreamCall, clientStreamCall, serverStreamCall } from "../call/stream-call.ts";
import type { MemberOfCall } from "./member.ts";

/** Makes a function that returns what can be iterated once. */
export const serverStream: MemberOfCall = (caller, procedure) => {
  addStreams(caller);
  return (request: unknown, options) =>
    serverStreamCall(caller, procedure, orEmpty(request), options);
};

/** Makes a function that takes items and returns a promise. */
export const clientStream: MemberOfCall = (caller, procedure) => {
  addStreams(caller);
  return (items: Items<unknown>, options) => clientStreamCall(caller, procedure, items, options);
};

/** Makes a function that takes items and returns what can be iterated once. */
export const bidiStream: MemberOfCall = (caller, procedure) => {
  addStreams(caller);
  return (items: Items<unknown>, options) => bidiStreamCall(caller, procedure, items, options);
};

function addStreams({ loaded }: Caller): void {
  Object.assign(loaded.links, streamPart);
  loaded.watch = slowReader;
}
