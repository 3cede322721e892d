/** The one error class that users catch. */
import type { StatusCode } from "./status-code.ts";

/**
 * Who has to do something about an error.
 *
 * `local`: this program broke a rule. `remote`: the other side answered with the error, or broke a rule.
 * `network`: nobody did; the connection is gone.
 */
export type ErrorOrigin = "local" | "remote" | "network";

/** A named error of the contract, with its payload. */
export interface ErrorDetail {
  /** The name under `errors` in the contract, e.g. `out_of_stock`. */
  readonly name: string;
  /** The payload, as the contract's schema for that name says. */
  readonly value: unknown;
}

/** What can be said about an error beside its code and message. */
export interface ConcordatErrorOptions {
  /** Default `local`. */
  readonly origin?: ErrorOrigin;
  /** The contract's own name and payload for this error, if it has one. */
  readonly detail?: ErrorDetail | undefined;
  /** How long to wait before trying again, in milliseconds, when the other side said so. */
  readonly retryAfterMs?: number | undefined;
  /** Whether the call was certainly not executed. Default false: it may have been. */
  readonly notExecuted?: boolean | undefined;
  /** What led to this error on *this* side. Never travels. */
  readonly cause?: unknown;
}

const brand = Symbol.for("concordat.error");
/** On an error that a call of this program ended with. */
const ownCall = Symbol.for("concordat.own-call");

/**
 * A call, or a connection, that failed.
 *
 * Thrown by every public function of the client, and thrown by handlers to choose the code that the
 * caller sees. `instanceof` also holds for instances that come from another copy of the package.
 */
export class ConcordatError extends Error {
  override name = "ConcordatError";
  /** One of the sixteen status codes. */
  readonly code: StatusCode;
  /** The message without the code in front of it. */
  readonly rawMessage: string;
  /** Who has to do something about it. */
  readonly origin: ErrorOrigin;
  /** The contract's own name and payload for this error, if it has one; see `isError`. */
  readonly detail: ErrorDetail | undefined;
  /** How long to wait before trying again, in milliseconds, when the other side said so. */
  readonly retryAfterMs: number | undefined;
  /**
   * Whether the call was certainly not executed: it never left this program, or the server said so. Making it again is
   * safe then, whatever it does.
   */
  readonly notExecuted: boolean;

  constructor(code: StatusCode, message: string, options: ConcordatErrorOptions = {}) {
    // The code stands in the message because most tools print only that.
    super(`[${code}] ${message}`, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.rawMessage = message;
    this.origin = options.origin ?? "local";
    this.detail = options.detail;
    this.retryAfterMs = options.retryAfterMs;
    this.notExecuted = options.notExecuted ?? false;
    Object.defineProperty(this, brand, { value: true });
  }

  /**
   * Turns anything that was thrown into a `ConcordatError`, without throwing itself.
   *
   * A `ConcordatError` is returned as it is; everything else becomes one with the code `fallback`
   * (default `unknown`), the thrown thing as its `cause`, and the message `message`.
   */
  static from(
    thrown: unknown,
    fallback: StatusCode = "unknown",
    message: string = messageOf(thrown),
  ): ConcordatError {
    if (isConcordatError(thrown)) return thrown;
    return new ConcordatError(fallback, message, { cause: thrown });
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // A subclass inherits this method: it must not claim every error of the family.
    if (this === ConcordatError) return isConcordatError(value);
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }
}

/** Whether a value is a {@link ConcordatError}, also from another copy of the package. */
export function isConcordatError(value: unknown): value is ConcordatError {
  try {
    if (typeof value !== "object" || value === null || !(brand in value)) return false;
    return "code" in value && typeof value.code === "string"; // whoever is told of one looks at that
  } catch {
    return false; // a proxy can throw even here, and a handler can throw a proxy
  }
}

/**
 * The same error, marked as what a call or a notification of this program ended with: a handler that lets it through
 * has not written it for its own caller.
 */
export function endOfOwnCall(error: ConcordatError): ConcordatError {
  try {
    Object.defineProperty(error, ownCall, { value: true });
  } catch {
    // What an application threw may be frozen, or a proxy.
  }
  return error;
}

/** Whether an error was written for whoever called this program. */
export function isForCaller(error: ConcordatError): boolean {
  return error.origin === "local" && !(ownCall in error);
}

/** A text for anything that can be thrown: also for `null`, frozen objects and getters that throw. */
export function messageOf(thrown: unknown): string {
  try {
    return String(thrown instanceof Error ? thrown.message : thrown);
  } catch {
    return "something was thrown that has no text";
  }
}
