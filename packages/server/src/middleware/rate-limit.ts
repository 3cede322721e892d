/** Middleware that bounds how often calls are made. */
import { ConcordatError, type Context } from "@concordat/core";
import { type Clock, systemClock } from "@concordat/core/internal";

import type { Middleware } from "./middleware.ts";
import { checkFunction, checkNames, numberFrom } from "../option-value.ts";
import { firstPeer } from "../peer/renewed-peer.ts";
import { atOnce } from "../thenable.ts";

/** How often calls may be made, and by whom. */
export interface RateLimit {
  /** Calls in one `perMs` in the long run. */
  readonly calls: number;
  /** The time that `calls` are spread over, in milliseconds. Default 1,000. */
  readonly perMs?: number;
  /** How many may come at once after a rest. Default `calls`. */
  readonly burst?: number;
  /** Whose calls are counted together. Default: those of one connection. */
  readonly per?: (context: Context) => unknown;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

const names: { readonly [Name in keyof Required<RateLimit>]: true } = {
  calls: true,
  perMs: true,
  burst: true,
  per: true,
  clock: true,
};

/** Keys beyond this are dropped when their bucket is full again: a million principals must not fill memory. */
const manyKeys = 10_000;

/**
 * Refuses a call with `resource_exhausted` and a `retryAfterMs` where it comes too soon: a token bucket for each `per`.
 *
 * @throws RangeError where `calls` or `burst` is below 1, or `perMs` is no time: it would let everybody in, or nobody;
 * and for an option that there is not.
 */
export function limitRate(limit: RateLimit): Middleware {
  checkNames(names, limit);
  const {
    calls,
    perMs = 1_000,
    burst = calls,
    per = ({ peer }) => firstPeer(peer),
    clock = systemClock,
  } = limit;
  checkFunction("per", per);
  numberFrom(1, "calls", calls);
  numberFrom(1, "perMs", perMs);
  numberFrom(1, "burst", burst);
  const msPerCall = perMs / calls;
  /** When each bucket will be full, or was. */
  const fullAt = new Map<unknown, number>();
  let lookAt = manyKeys;
  return async (context, next) => {
    const now = clock.now();
    const key = atOnce(per(context), '"per"'); // each promise would be another caller
    const full = Math.max(now, fullAt.get(key) ?? 0) + msPerCall;
    const waitMs = Math.ceil(full - now - burst * msPerCall);
    if (waitMs > 0) {
      const message = `More than ${calls} of these calls came within ${perMs} ms.`;
      throw new ConcordatError("resource_exhausted", message, { retryAfterMs: waitMs });
    }
    fullAt.set(key, full);
    if (fullAt.size > lookAt) {
      forgetFull(fullAt, now);
      // Of those that are left none may be full for long: a look at each call would cost more than the calls.
      lookAt = Math.max(manyKeys, fullAt.size * 2);
    }
    await next();
  };
}

function forgetFull(fullAt: Map<unknown, number>, now: number): void {
  for (const [key, full] of fullAt) if (full <= now) fullAt.delete(key);
}
