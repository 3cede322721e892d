/** An error's form on the wire, and back. */
import { ConcordatError, type ErrorDetail } from "../error/concordat-error.ts";
import { statusCodeOf, statusNumbers, type StatusCode } from "../error/status-code.ts";
import { nil } from "./frame.ts";
import type { PayloadSource } from "./payload.ts";
import { putByte, putListHead, putNumber, putRaw, type Sink } from "./sink.ts";
import { putText } from "./sink-text.ts";
import type { Source } from "./source.ts";
import { WireError } from "./wire-error.ts";

const [nilByte, trueByte] = [0xc0, 0xc3];

/** A named error of the contract. */
export interface FaultDetail {
  readonly name: string;
  /** Its value as MessagePack, in the encoding of the connection. Whoever reads it checks it against the contract. */
  readonly payload: Uint8Array;
}

/** What an `error` frame says: `[code, message, detail name | nil, detail value | nil, retryAfterMs | nil, notExecuted?]`. */
export interface Fault {
  readonly code: StatusCode;
  readonly message: string;
  readonly detail: FaultDetail | undefined;
  readonly retryAfterMs: number | undefined;
  /** The call was not executed, and may be made again elsewhere. Left out on the wire where it is false. */
  readonly notExecuted?: boolean;
}

/**
 * The fault that tells a peer about an error. Its cause, stack and origin stay here.
 *
 * @throws TypeError where its detail is not encoded: the value has to be the bytes of a payload by now.
 */
export function faultFrom(error: ConcordatError): Fault {
  const { code, rawMessage: message, retryAfterMs, notExecuted } = error;
  const detail = error.detail && { name: error.detail.name, payload: payloadOf(error.detail) };
  return { code, message, detail, retryAfterMs, ...(notExecuted ? { notExecuted } : {}) };
}

function payloadOf({ name, value }: ErrorDetail): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`The payload of the error ${JSON.stringify(name)} is not encoded.`);
}

/** The error that a peer's fault becomes for the caller. The value of its detail is the payload, to be decoded still. */
export function errorFromFault(fault: Fault): ConcordatError {
  const { detail, retryAfterMs, notExecuted } = fault;
  return new ConcordatError(fault.code, fault.message, {
    origin: "remote",
    notExecuted,
    detail: detail && { name: detail.name, value: detail.payload },
    retryAfterMs,
  });
}

/** Half a surrogate pair: what is left of a character where a message quotes the start of something. */
const halfPair = /\p{Surrogate}/gu;

/** A fault on its way out. */
export function writtenFault(fault: Fault): PayloadSource {
  return { length: 0, put: (to) => putFault(to, fault) };
}

/** Writes a fault as it travels. */
export function putFault(to: Sink, fault: Fault): void {
  const { code, message, detail, retryAfterMs, notExecuted } = fault;
  putListHead(to, notExecuted === true ? 6 : 5);
  putNumber(to, statusNumbers[code]);
  putText(to, message.replace(halfPair, "\ufffd"));
  if (detail === undefined) putByte(to, nilByte);
  else putText(to, detail.name);
  putRaw(to, detail?.payload ?? nil);
  if (retryAfterMs === undefined) putByte(to, nilByte);
  else putNumber(to, retryAfterMs);
  if (notExecuted === true) putByte(to, trueByte);
}

/**
 * Reads a fault that was walked already. Members beyond the six are ignored: a later wire revision may add some.
 *
 * @throws WireError where the code or the message is missing.
 */
export function readFault(from: Source): Fault {
  const length = from.listHead();
  if (length < 0) throw new WireError("a fault is not a list");
  const code = length < 1 ? undefined : numberIn(from);
  const message = length < 2 ? undefined : from.nextText();
  if (code === undefined || message === undefined)
    throw new WireError("a fault has no code or no message");
  const name = length < 3 ? undefined : textIn(from);
  const payload = length < 4 ? nil : from.nextValue();
  const retryAfterMs = length < 5 ? undefined : numberIn(from);
  const notExecuted = length > 5 && from.bytes[from.at] === trueByte;
  return {
    code: statusCodeOf(code),
    message,
    detail: name === undefined ? undefined : { name, payload },
    retryAfterMs: retryAfterMs !== undefined && retryAfterMs >= 0 ? retryAfterMs : undefined,
    ...(notExecuted ? { notExecuted } : {}),
  };
}

/** A number; `undefined` for whatever else stands here, which is passed over. */
function numberIn(from: Source): number | undefined {
  const { at } = from;
  const value = from.nextNumber();
  if (from.at !== at) return value;
  from.nextValue();
  return undefined;
}

/** A text; `undefined` for whatever else stands here, which is passed over. */
function textIn(from: Source): string | undefined {
  const text = from.nextText();
  if (text === undefined) from.nextValue();
  return text;
}
