/** Middleware that reports each call when it has ended: for logs, metrics and traces. */
import type { Context, StatusCode } from "@concordat/core";
import { ConcordatError } from "@concordat/core";
import { type Clock, isForCaller, systemClock } from "@concordat/core/internal";

import type { Middleware } from "./middleware.ts";
import { isAbort } from "../abort.ts";
import { needFunction } from "../option-value.ts";
import { disown } from "../thenable.ts";

/** One call that has ended. */
export interface CallReport {
  readonly context: Context;
  /** `ok`, or what the caller saw; `cancelled` where it gave up or was lost. */
  readonly outcome: "ok" | StatusCode;
  /** From its request to its end, in milliseconds. */
  readonly durationMs: number;
  /** What was thrown. */
  readonly error: unknown;
}

/**
 * Reports every call to `hook` when it has ended.
 *
 * @param hook Must not throw. Where it is async nobody waits for it, and what it rejects with is dropped.
 * @param clock Default: the machine's.
 */
export function reportCalls(
  hook: (report: CallReport) => void,
  clock: Clock = systemClock,
): Middleware {
  needFunction("reportCalls", hook);
  return async (context, next) => {
    const start = clock.now();
    let outcome: CallReport["outcome"] = "ok";
    let error: unknown;
    try {
      await next();
    } catch (thrown) {
      outcome = outcomeOf(thrown, context);
      error = thrown;
      throw thrown;
    } finally {
      // Nobody waits for an async one: a metrics server that is down must neither delay a call nor end the process.
      disown(hook({ context, outcome, durationMs: clock.now() - start, error }));
    }
  };
}

/** What the caller saw: of errors that were not meant for it, only that there was one. */
function outcomeOf(thrown: unknown, { signal }: Context): StatusCode {
  const reason: unknown = signal.aborted ? signal.reason : undefined;
  if (reason instanceof ConcordatError && isAbort(thrown, reason)) return reason.code;
  const isMeant =
    thrown instanceof ConcordatError &&
    (isForCaller(thrown) || thrown.code === "deadline_exceeded");
  return isMeant ? thrown.code : "internal";
}
