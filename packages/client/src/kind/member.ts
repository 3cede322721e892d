/** What a procedure is on a client: a function, or something to listen to. */
import type { NotificationSource } from "@concordat/core";
import type { CallFunction } from "../call/call-function.ts";
import type { Caller } from "../call/caller.ts";
import type { BoundProcedure, CallableProcedure } from "../call/procedure.ts";

/** A member of a contract's object on the client. */
export type Member = CallFunction | NotificationSource<unknown>;

/** Makes the member of a procedure of one kind that is answered. */
export type MemberOfCall = (caller: Caller, procedure: CallableProcedure) => CallFunction;

/** Makes the member of a procedure of one kind that is not. */
export type MemberOfNotification = (caller: Caller, procedure: BoundProcedure) => Member;
