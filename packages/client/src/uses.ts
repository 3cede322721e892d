/** A contract of which the client calls a few procedures only. */
import type { ClientContract } from "@concordat/core/internal";

import type { ProcedureName } from "./procedure-name.ts";

/** A contract with the only procedures that are called of it; see {@link uses}. */
export interface UsedContract<Face> extends ClientContract<Face> {
  readonly uses: readonly string[];
}

/**
 * Says which procedures of a contract this client calls, so that it is not refused for a break outside of them.
 *
 * Where its releases are below the server's floor, it is served all the same as long as each of these procedures has
 * a way to the newest release. Other procedures may then fail with `unimplemented`. Proxies do not see a routing
 * token of such a contract.
 */
export function uses<Face>(
  contract: ClientContract<Face>,
  procedures: readonly ProcedureName<Face>[],
): UsedContract<Face> {
  return { ...contract, uses: procedures };
}
