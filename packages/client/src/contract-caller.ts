/** The functions of one contract, nested as its procedures' names are. */
import {
  type ClientContract,
  type ClientProcedure,
  type NameTree,
  nameTree,
} from "@concordat/core/internal";
import type { Caller } from "./call/caller.ts";
import type { CallFunction } from "./call/call-function.ts";
import { BoundProcedure } from "./call/procedure.ts";
import { Negotiated } from "./connection/negotiated.ts";
import type { Member } from "./kind/member.ts";

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
): NameTree<Member> {
  const { limits, desk } = caller;
  const root = nameTree(
    contract.procedures.map((procedure) => {
      const defaults = caller.defaultsOf(`${contract.name}/${procedure.name}`);
      const { name, offers } = contract;
      const bound = new BoundProcedure(name, procedure, limits, desk, defaults, offers);
      return [procedure.name, memberOf(caller, bound, procedure)];
    }),
  );
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
