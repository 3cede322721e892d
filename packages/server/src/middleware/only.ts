/** Middleware for some procedures only. */
import type { Middleware } from "./middleware.ts";

/**
 * Runs `middleware` around some procedures, and leaves the others alone.
 *
 * @param procedures Contract and procedure: `orders/place`. One that ends in `/` means all below it: `orders/`. An older
 * client calls a procedure by the name that its own release has: a guard has to name that too.
 */
export function only(procedures: readonly string[], middleware: Middleware): Middleware {
  const exact = new Set(procedures);
  const groups = procedures.filter((name) => name.endsWith("/"));
  return (context, next) => {
    const { procedure } = context;
    const isMeant = exact.has(procedure) || groups.some((group) => procedure.startsWith(group));
    return isMeant ? middleware(context, next) : next();
  };
}
