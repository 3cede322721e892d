/** Calls that failed: docs/protocol/errors.md. */
import { BadFrame } from "./msgpack-reader.js";

/** By number. */
export const statusNames = [
  "ok",
  "cancelled",
  "unknown",
  "invalid_argument",
  "deadline_exceeded",
  "not_found",
  "already_exists",
  "permission_denied",
  "resource_exhausted",
  "failed_precondition",
  "aborted",
  "out_of_range",
  "unimplemented",
  "internal",
  "unavailable",
  "data_loss",
  "unauthenticated",
];

/** A call that failed. */
export class CallError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{ name: string, value: unknown }} [detail]
   * @param {number} [retryAfterMs]
   */
  constructor(code, message, detail, retryAfterMs) {
    super(message);
    this.code = code;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * The error that a fault becomes.
 *
 * @param {unknown} fault
 */
export function faultOf(fault) {
  if (!Array.isArray(fault)) throw new BadFrame("a fault is no list");
  const [code, message, name, value, retryAfterMs] = /** @type {unknown[]} */ (fault);
  if (typeof code !== "number" || typeof message !== "string")
    throw new BadFrame("a fault lacks its code");
  return new CallError(
    statusNames[code] ?? "unknown",
    message,
    typeof name === "string" ? { name, value } : undefined,
    typeof retryAfterMs === "number" ? retryAfterMs : undefined,
  );
}
