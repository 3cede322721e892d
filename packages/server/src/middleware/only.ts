/** Middleware for some procedures only. */
import { checkList, needFunction } from "../option-value.ts";
import type { Middleware } from "./middleware.ts";

/**
 * Runs `middleware` around some procedures, and leaves the others alone.
 *
 * It runs around calls of older clients, too, whatever their release calls the procedure: around each that may end in
 * the handler of one of these, by way of an adapter's `answer` as well.
 *
 * @param procedures Contract and procedure: `orders/place`. One that ends in `/` means all below it: `orders/`. A server
 * refuses to start where it has none of that name.
 */
export function only(procedures: readonly string[], middleware: Middleware): Middleware {
  checkList("procedures", procedures);
  needFunction("only", middleware);
  const isNamed = within(procedures);
  const run: Middleware = (context, next) =>
    isNamed(context.procedure) || context.handlers.some(isNamed)
      ? middleware(context, next)
      : next();
  // What stands in another one names its own, and may be misspelt as well.
  return Object.assign(run, { procedures: [...procedures, ...(middleware.procedures ?? [])] });
}

/** Whether a procedure is one of those, or below one that ends in `/`. */
export function within(procedures: readonly string[]): (procedure: string) => boolean {
  const exact = new Set(procedures);
  const groups = procedures.filter((name) => name.endsWith("/"));
  return (procedure) => exact.has(procedure) || groups.some((group) => procedure.startsWith(group));
}
