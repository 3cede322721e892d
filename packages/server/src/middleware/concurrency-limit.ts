/** Middleware that bounds how many calls run at once. */
import { ConcordatError, type Context } from "@concordat/core";

import type { Middleware } from "./middleware.ts";
import { checkFunction, checkNames, numberFrom } from "../option-value.ts";
import { firstPeer } from "../peer/renewed-peer.ts";
import { atOnce } from "../thenable.ts";

/** How many calls may run at once, and of whom. */
export interface ConcurrencyLimit {
  /** The most calls of one `per` that run at the same time. */
  readonly calls: number;
  /** Whose calls are counted together. Default: those of one connection. */
  readonly per?: (context: Context) => unknown;
}

const names: { readonly [Name in keyof Required<ConcurrencyLimit>]: true } = {
  calls: true,
  per: true,
};

/**
 * Refuses a call with `resource_exhausted` while too many of the same connection, or of the same `per`, run.
 *
 * @throws RangeError where `calls` is below 1, or no number: it would let everybody in, or nobody; and for an option that
 * there is not.
 */
export function limitConcurrency(limit: ConcurrencyLimit): Middleware {
  checkNames(names, limit);
  const { calls, per = ({ peer }) => firstPeer(peer) } = limit;
  checkFunction("per", per);
  numberFrom(1, "calls", calls);
  // Whoever has no call running is forgotten, so this never grows over the calls in flight.
  const running = new Map<unknown, number>();
  return async (context, next) => {
    const key = atOnce(per(context), '"per"'); // each promise would be another caller
    const count = running.get(key) ?? 0;
    if (count >= calls) {
      const message = `${calls} of these calls run already; wait for one to end.`;
      throw new ConcordatError("resource_exhausted", message);
    }
    running.set(key, count + 1);
    try {
      await next();
    } finally {
      const left = (running.get(key) ?? 1) - 1;
      if (left > 0) running.set(key, left);
      else running.delete(key);
    }
  };
}
