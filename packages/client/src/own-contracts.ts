/** The contracts that a client was given, looked at: also said to callers that no compiler has looked at. */
import { ConcordatError } from "@concordat/core";
import type { ContractMap } from "./client-options.ts";
import type { OwnContract } from "./connection/negotiated.ts";

/**
 * The contracts of a map, in its order.
 *
 * @throws ConcordatError `invalid_argument` where one is none that a client can call, or two keys name the same.
 */
export function ownContracts(contracts: ContractMap): readonly OwnContract[] {
  const names = new Set<string>();
  for (const [key, contract] of Object.entries<ContractMap[string] | undefined>(contracts)) {
    if (contract?.procedures === undefined) {
      const message = `contracts.${key} is no client stub ("client.ts") and no contract in source form.`;
      throw new ConcordatError("invalid_argument", message);
    }
    const { name } = contract;
    if (names.has(name)) {
      const message = `The contract ${name} is given twice; one connection speaks one release of it.`;
      throw new ConcordatError("invalid_argument", message);
    }
    names.add(name);
  }
  return Object.values(contracts);
}
