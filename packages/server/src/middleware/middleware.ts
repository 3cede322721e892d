/** Middleware: what runs around every call, whatever its kind. */
import type { Context } from "@concordat/core";

/**
 * Runs around a call.
 *
 * `next()` does the rest, and settles when the handler has answered: with the error where it failed. Throw instead
 * of calling it to refuse the call; a `ConcordatError` chooses what the caller sees. To hand something on to the
 * handler, set a `ContextKey`.
 */
export interface Middleware {
  (context: Context, next: () => Promise<void>): Promise<void>;
  /** What `only` was given. A server refuses to start with procedures that it does not have. Default: it is for all. */
  readonly procedures?: readonly string[];
}
