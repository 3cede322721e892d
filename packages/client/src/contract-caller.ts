/** The functions of one contract, nested as its procedures' names are. */
import type { Items, NotificationSource } from "@concordat/core";
import type { ClientContract } from "@concordat/core/internal";
import type { Caller } from "./call/caller.ts";
import { type CallFunction, orEmpty } from "./call/call-function.ts";
import { Negotiated } from "./connection/negotiated.ts";
import { BoundProcedure, isCallable } from "./call/procedure.ts";
import { clientStreamCall, unaryCall } from "./call/response-call.ts";
import { bidiStreamCall, serverStreamCall } from "./call/stream-call.ts";
import { interceptedFunction } from "./interceptor/intercepted-function.ts";
import { sendNotification } from "./notification/outgoing-notification.ts";

/** Functions by name, what can be listened to, and groups of them. */
interface CallerTree {
  [name: string]: CallFunction | NotificationSource<unknown> | CallerTree;
}

/** Makes the functions: `tools/list` becomes `list` in `tools`. */
export function contractCaller(
  caller: Caller,
  contract: ClientContract<unknown>,
  topicOf: (procedure: BoundProcedure) => NotificationSource<unknown>,
): CallerTree {
  const root = newGroup();
  const functionOf = (bound: BoundProcedure): CallFunction =>
    caller.interceptors.length === 0
      ? callFunction(caller, bound)
      : interceptedFunction(caller, bound);
  for (const procedure of contract.procedures) {
    const segments = procedure.name.split("/");
    const last = segments.pop() ?? "";
    let group = root;
    for (const segment of segments) group = groupIn(group, segment);
    const { limits, desk } = caller;
    const defaults = caller.defaultsOf(`${contract.name}/${procedure.name}`);
    const bound = new BoundProcedure(contract.name, procedure, limits, desk, defaults);
    group[last] = procedure.kind === "serverNotification" ? topicOf(bound) : functionOf(bound);
  }
  if (root["supports"] === undefined) {
    // Not enumerable: what is looped over are the contract's own.
    Object.defineProperty(root, "supports", { value: supportsOf(caller, contract) });
  }
  return root;
}

/** Says of a procedure whether it can be called now. Where the contract has one of that name itself, it is not there. */
function supportsOf(caller: Caller, contract: ClientContract<unknown>): CallFunction {
  const names = new Set(contract.procedures.map(({ name }) => name));
  const presumed = Negotiated.presumed([contract]);
  return (procedure: string) => {
    const { negotiated = presumed } = caller.connector;
    return names.has(procedure) && negotiated.objection(contract.name, procedure) === undefined;
  };
}

function groupIn(group: CallerTree, name: string): CallerTree {
  const found = group[name];
  // No contract has a procedure that is a group as well.
  if (typeof found === "object") return found as CallerTree;
  const made = newGroup();
  group[name] = made;
  return made;
}

/** Without a prototype: nothing is there that the contract did not name. */
function newGroup(): CallerTree {
  // Object.create gives `any`.
  return Object.create(null) as CallerTree;
}

function callFunction(caller: Caller, bound: BoundProcedure): CallFunction {
  if (!isCallable(bound)) {
    return (message: unknown, options) =>
      sendNotification(caller, bound, orEmpty(message), options);
  }
  switch (bound.kind) {
    case "unary":
      return (request: unknown, options) => unaryCall(caller, bound, orEmpty(request), options);
    case "serverStream":
      return (request: unknown, options) =>
        serverStreamCall(caller, bound, orEmpty(request), options);
    case "clientStream":
      return (items: Items<unknown>, options) => clientStreamCall(caller, bound, items, options);
    case "bidiStream":
      return (items: Items<unknown>, options) => bidiStreamCall(caller, bound, items, options);
  }
}
