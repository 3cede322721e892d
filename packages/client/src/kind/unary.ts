/** One request, one response: the kind that every client has. */
import { orEmpty } from "../call/call-function.ts";
import { unaryCall } from "../call/response-call.ts";
import type { MemberOfCall } from "./member.ts";

/** Makes a function that returns a promise. */
export const unary: MemberOfCall = (caller, procedure) => (request: unknown, options) =>
  unaryCall(caller, procedure, orEmpty(request), options);
