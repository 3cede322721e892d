/** An error's form on the wire, and back. */
import { ConcordatError, type ErrorDetail } from "../error/concordat-error.ts";
import { statusCodeOf, statusCodes, type StatusCode } from "../error/status-code.ts";
import { WireError } from "./wire-error.ts";

/** What an `error` frame says: `[code, message, detail name | nil, detail value | nil, retryAfterMs | nil, notExecuted?]`. */
export interface Fault {
  readonly code: StatusCode;
  readonly message: string;
  /** A named error of the contract. Its value is checked against the contract by whoever reads it. */
  readonly detail: ErrorDetail | undefined;
  readonly retryAfterMs: number | undefined;
  /** The call was not executed, and may be made again elsewhere. Left out on the wire where it is false. */
  readonly notExecuted?: boolean;
}

/** The fault that tells a peer about an error. Its cause, stack and origin stay here. */
export function faultFrom(error: ConcordatError): Fault {
  const { code, rawMessage: message, detail, retryAfterMs, notExecuted } = error;
  return { code, message, detail, retryAfterMs, ...(notExecuted ? { notExecuted } : {}) };
}

/** The error that a peer's fault becomes for the caller. */
export function errorFromFault(fault: Fault): ConcordatError {
  const { detail, retryAfterMs, notExecuted = false } = fault;
  return new ConcordatError(fault.code, fault.message, {
    origin: "remote",
    notExecuted,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** Half a surrogate pair: what is left of a character where a message quotes the start of something. */
const halfPair = /\p{Surrogate}/gu;

/** A fault as MessagePack will carry it. */
export function faultToWire(fault: Fault): unknown[] {
  const { code, message, detail, retryAfterMs, notExecuted } = fault;
  return [
    statusCodes[code].number,
    message.replace(halfPair, "\ufffd"),
    detail?.name ?? null,
    detail?.value ?? null,
    retryAfterMs ?? null,
    ...(notExecuted === true ? [true] : []),
  ];
}

/**
 * A fault from its form on the wire. Members beyond the six are ignored: a later wire revision may add some.
 *
 * @throws WireError where the code or the message is missing.
 */
export function faultFromWire(wire: unknown): Fault {
  if (!Array.isArray(wire)) throw new WireError("a fault is not a list");
  const elements: readonly unknown[] = wire;
  const [code, message, name, value, retryAfterMs, notExecuted] = elements;
  if (typeof code !== "number" || typeof message !== "string") {
    throw new WireError("a fault has no code or no message");
  }
  return {
    code: statusCodeOf(code),
    message,
    detail: typeof name === "string" ? { name, value } : undefined,
    retryAfterMs: typeof retryAfterMs === "number" && retryAfterMs >= 0 ? retryAfterMs : undefined,
    ...(notExecuted === true ? { notExecuted } : {}),
  };
}
