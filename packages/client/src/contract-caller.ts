/** The functions of one contract, nested as its procedures' names are. */
import type { CallOptions, Items } from "@concordat/core";
import type { ClientContract, ClientProcedure } from "@concordat/core/internal";
import type { Caller } from "./call/caller.ts";
import { BoundProcedure } from "./call/procedure.ts";
import { clientStreamCall, unaryCall } from "./call/response-call.ts";
import { bidiStreamCall, serverStreamCall } from "./call/stream-call.ts";

/** One procedure as a function. What it takes and gives is the business of the contract's types. */
type CallFunction = (request: never, options?: CallOptions) => unknown;

/** Functions by name, and groups of them. */
interface CallerTree {
  [name: string]: CallFunction | CallerTree;
}

/** Makes the functions: `tools/list` becomes `list` in `tools`. */
export function contractCaller(caller: Caller, contract: ClientContract<unknown>): CallerTree {
  const root = newGroup();
  for (const procedure of contract.procedures) {
    const segments = procedure.name.split("/");
    const last = segments.pop() ?? "";
    let group = root;
    for (const segment of segments) group = groupIn(group, segment);
    group[last] = callFunction(caller, contract.name, procedure);
  }
  return root;
}

function groupIn(group: CallerTree, name: string): CallerTree {
  const found = group[name];
  if (typeof found === "object") return found;
  const made = newGroup();
  group[name] = made;
  return made;
}

/** Without a prototype: nothing is there that the contract did not name. */
function newGroup(): CallerTree {
  // Object.create gives `any`.
  return Object.create(null) as CallerTree;
}

function callFunction(caller: Caller, contract: string, procedure: ClientProcedure): CallFunction {
  const bound = new BoundProcedure(contract, procedure, caller.limits);
  switch (procedure.kind) {
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

/** A stub lets its callers leave out a request of which every property is optional. */
function orEmpty(request: unknown): unknown {
  return request === undefined ? {} : request;
}
