/** Middleware that reports each call when it has ended: for logs, metrics and traces. */
import type { Context, StatusCode } from "@concordat/core";
import { ConcordatError } from "@concordat/core";
import { type Clock, systemClock } from "@concordat/core/internal";

import type { Middleware } from "../middleware.ts";

/** One call that has ended. */
export interface CallReport {
  readonly context: Context;
  /** `ok`, or what the caller saw. */
  readonly outcome: "ok" | StatusCode;
  /** From its request to its end, in milliseconds. */
  readonly durationMs: number;
  /** What was thrown. */
  readonly error: unknown;
}

/**
 * Reports every call to `hook` when it has ended.
 *
 * @param hook Must not throw.
 * @param clock Default: the machine's.
 */
export function reportCalls(
  hook: (report: CallReport) => void,
  clock: Clock = systemClock,
): Middleware {
  return async (context, next) => {
    const start = clock.now();
    let outcome: CallReport["outcome"] = "ok";
    let error: unknown;
    try {
      await next();
    } catch (thrown) {
      outcome =
        thrown instanceof ConcordatError && thrown.origin === "local" ? thrown.code : "internal";
      error = thrown;
      throw thrown;
    } finally {
      hook({ context, outcome, durationMs: clock.now() - start, error });
    }
  };
}
