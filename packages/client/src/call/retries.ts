/** When a call that failed is made again: only what may be repeated, with a budget for all calls of a client. */
import { type ConcordatError, mayRetry } from "@concordat/core";
import type { Clock } from "@concordat/core/internal";
import { backoffMs, longestHintMs } from "../connection/backoff.ts";
import type { Random } from "../connection/random.ts";

/** How calls of idempotent procedures are made again. */
export interface RetryOptions {
  /** How often a call is made at most, the first time included. Default 3. */
  readonly attempts: number;
  /** The longest wait before the second attempt, in milliseconds; doubles with each. The wait is random up to it. Default 200. */
  readonly firstMs: number;
  /** The longest wait of all, in milliseconds. What the server asks for may be longer. Default 5,000. */
  readonly capMs: number;
}

/** What is done where nobody says otherwise. */
export const defaultRetry: RetryOptions = { attempts: 3, firstMs: 200, capMs: 5_000 };

/** Ten calls in a row may be made again; then ten that go well earn another one. */
const budget = 100;
const costOfCall = 10;
const earnedByCall = 1;

/** The repetitions of one client. */
export class Retries {
  readonly #clock: Clock;
  readonly #random: Random;
  #left = budget;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** A call went well. */
  succeeded(): void {
    this.#left = Math.min(budget, this.#left + earnedByCall);
  }

  /**
   * How long to wait before the call is made again, or `undefined` where it is not: the error is for good, the attempts
   * or the budget are used up, or the deadline comes first.
   *
   * A call that went down with its connection costs no budget: what is repeated then was lost, not refused.
   *
   * @param made How often it was made.
   */
  waitMs(
    error: ConcordatError,
    made: number,
    options: RetryOptions,
    deadline: number | undefined,
  ): number | undefined {
    if (made >= options.attempts || !isPassing(error)) return undefined;
    if ((error.retryAfterMs ?? 0) > longestHintMs) return undefined; // the caller hears of it instead
    const isLost = error.origin === "network";
    if (!isLost && this.#left < costOfCall) return undefined;
    // Whoever lost its connection waits for the next one already.
    const waitMs = isLost ? 0 : this.#jitter(error, made, options);
    if (deadline !== undefined && this.#clock.now() + waitMs >= deadline) return undefined;
    if (!isLost) this.#left -= costOfCall;
    return waitMs;
  }

  #jitter({ retryAfterMs = 0 }: ConcordatError, made: number, options: RetryOptions): number {
    return retryAfterMs + backoffMs(options, made, this.#random);
  }
}

/** Whether the same call may go well a little later. A quota that does not say when it is filled again is none such. */
function isPassing({ code, retryAfterMs }: ConcordatError): boolean {
  return mayRetry(code) && (code !== "resource_exhausted" || retryAfterMs !== undefined);
}
