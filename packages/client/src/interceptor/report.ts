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
 * @param hook Must not throw. Where it is async nobody waits for it, and what it rejects with is dropped.
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
      const given: unknown = hook({ context, outcome, durationMs: clock.now() - start, error });
      // Nobody waits for an async one: a metrics server that is down must neither delay a call nor end the process.
      Promise.resolve(given).catch(() => undefined);
    }
  };
}
