/** An interceptor that reports each call when it is over: for logs, metrics and traces. */
import { ConcordatError, type StatusCode } from "@concordat/core";
import { type Clock, systemClock } from "@concordat/core/internal";
import type { CallerContext, Interceptor } from "./interceptor.ts";

/** One call that is over. */
export interface CallReport {
  /** The call as its interceptors saw it, with the metadata that came. */
  readonly context: CallerContext;
  /** `ok`, or the code of the error that the caller sees. */
  readonly outcome: "ok" | StatusCode;
  /** From its start to its end, in milliseconds: with all waiting, and with attempts that failed. */
  readonly durationMs: number;
  /** What was thrown. */
  readonly error: unknown;
}

/**
 * Reports every call to `hook` when it is over; `reportCalls` of the server says the same from the other side.
 *
 * @param hook Must not throw.
 * @param clock Default: the machine's.
 */
export function reportCalls(
  hook: (report: CallReport) => void,
  clock: Clock = systemClock,
): Interceptor {
  return async (context, next) => {
    const start = clock.now();
    let outcome: CallReport["outcome"] = "ok";
    let error: unknown;
    try {
      await next();
    } catch (thrown) {
      outcome = ConcordatError.from(thrown).code;
      error = thrown;
      throw thrown;
    } finally {
      hook({ context, outcome, durationMs: clock.now() - start, error });
    }
  };
}
