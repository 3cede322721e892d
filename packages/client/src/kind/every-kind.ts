/** All kinds: what a client needs whose contracts may come in source form, which brings none. */
import type { CallKind } from "@concordat/core";
import type { Caller } from "../call/caller.ts";
import { type BoundProcedure, isCallable } from "../call/procedure.ts";
import type { Member, MemberOfCall } from "./member.ts";
import { clientNotification, serverNotification } from "./notifications.ts";
import { bidiStream, clientStream, serverStream } from "./streams.ts";
import { unary } from "./unary.ts";

const memberOfKind: Readonly<Record<CallKind, MemberOfCall>> = {
  unary,
  serverStream,
  clientStream,
  bidiStream,
};

/** Makes the member of a procedure, of whatever kind. */
export function memberOfEveryKind(caller: Caller, procedure: BoundProcedure): Member {
  if (isCallable(procedure)) return memberOfKind[procedure.kind](caller, procedure);
  const isTold = procedure.kind === "serverNotification";
  return (isTold ? serverNotification : clientNotification)(caller, procedure);
}
