/** The functions of one contract, nested as its procedures' names are. */
import type { ClientContract, ClientProcedure } from "@concordat/core/internal";
import type { Caller } from "./call/caller.ts";
import type { CallFunction } from "./call/call-function.ts";
import { BoundProcedure } from "./call/procedure.ts";
import { Negotiated } from "./connection/negotiated.ts";
import type { Member } from "./kind/member.ts";

/** Members by name, and groups of them. */
interface CallerTree {
  [name: string]: Member | CallerTree;
}

/** Makes the member of a procedure, of whatever kind. */
export type MakeMember = (
  caller: Caller,
  bound: BoundProcedure,
  procedure: ClientProcedure,
) => Member;

/** Makes the functions: `tools/list` becomes `list` in `tools`. */
export function contractCaller(
  caller: Caller,
  contract: ClientContract<unknown>,
  memberOf: MakeMember,
): CallerTree {
  const root = newGroup();
  for (const procedure of contract.procedures) {
    const segments = procedure.name.split("/");
    const last = segments.pop() ?? "";
    let group = root;
    for (const segment of segments) group = groupIn(group, segment);
    const { limits, desk } = caller;
    const defaults = caller.defaultsOf(`${contract.name}/${procedure.name}`);
    const bound = new BoundProcedure(contract.name, procedure, limits, desk, defaults);
    group[last] = memberOf(caller, bound, procedure);
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
