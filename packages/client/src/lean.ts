/**
 * `@concordat/client/lean`: a smaller client, for pages whose contracts are generated.
 *
 * Connecting again, deadlines, cancelling, resuming and the handling of refusals are all here. The code of a kind of
 * procedure comes with the stubs that have it; interceptors, pipes and defaults for single procedures stay with
 * `@concordat/client`, whose client is the same otherwise.
 */
import { ConcordatError } from "@concordat/core";
import { defaultsOfAll } from "./call/call-defaults.ts";
import { type CallableProcedure } from "./call/procedure.ts";
import { unaryPart } from "@concordat/core/internal";
import type { Client, ReservedKey } from "./client.ts";
import type { ClientOptions, ContractMap } from "./client-options.ts";
import { subprotocolsOf } from "./connection/subprotocols.ts";
import type { MakeMember } from "./contract-caller.ts";
import type { MemberOfCall } from "./kind/member.ts";
import { unary } from "./kind/unary.ts";
import { makeClient } from "./make-client.ts";
import { ownContracts } from "./own-contracts.ts";
import { platformWay } from "./socket/platform-way.ts";

/** Options of a lean client. Only the first two are needed. */
export type LeanOptions<Contracts extends ContractMap = ContractMap> = Omit<
  ClientOptions<Contracts>,
  "connect" | "interceptors" | "calls"
>;

/**
 * Makes a client, as `createClient` of `@concordat/client` does.
 *
 * @throws ConcordatError and RangeError as that does, except that only the compiler looks at keys which the client has itself; and
 * `failed_precondition` where a contract has more than unary procedures and is no generated stub.
 */
export function createClient<const Contracts extends ContractMap>(
  options: LeanOptions<Contracts> & {
    readonly contracts: { readonly [Key in ReservedKey]?: never };
  },
): Client<Contracts> {
  const own = ownContracts(options.contracts);
  return makeClient<Contracts>(options, {
    own,
    loaded: { links: unaryPart() },
    wayOf: (bounds) => platformWay(options, subprotocolsOf(own), bounds),
    memberOf,
    defaultsOf: () => defaultsOfAll(options),
  });
}

const memberOf: MakeMember = (caller, bound, { kind, as }) => {
  if (kind !== "unary" && as === undefined) {
    const message =
      `The contract ${bound.contract} brings no code for ${bound.path}: give its generated stub, ` +
      'or make the client with "@concordat/client".';
    throw new ConcordatError("failed_precondition", message);
  }
  // What stubs give is of the kind that stands beside it.
  return ((as ?? unary) as MemberOfCall)(caller, bound as CallableProcedure);
};
