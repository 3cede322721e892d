/** Middleware that asks for the scopes which contracts name. */
import { ConcordatError, type Peer } from "@concordat/core";

import type { Middleware } from "./middleware.ts";
import { needFunction } from "../option-value.ts";
import { atOnce } from "../thenable.ts";

/**
 * Refuses a call with `permission_denied` where its caller lacks one of the scopes that the contract names in `auth`.
 *
 * The newest release says which, whatever release the caller speaks: what it may do is decided by what runs. A call that
 * an adapter answers needs those of every procedure that the answer may call.
 *
 * @param held The scopes of a caller. Asked at each call that needs any: credentials are renewed.
 */
export function requireScopes(
  held: (peer: Peer) => readonly string[] | ReadonlySet<string>,
): Middleware {
  needFunction("requireScopes", held);
  return async ({ procedure, scopes, peer }, next) => {
    if (scopes.length > 0) {
      const own = new Set(atOnce(held(peer), "the function for the scopes"));
      const missing = scopes.find((scope) => !own.has(scope));
      if (missing !== undefined)
        throw new ConcordatError("permission_denied", `${procedure} needs the scope ${missing}.`);
    }
    await next();
  };
}
