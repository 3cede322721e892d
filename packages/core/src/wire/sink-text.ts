/** Texts into MessagePack: short ones character by character, others by the engine's own encoder. */
import type { Sink } from "./sink.ts";

/** A text this short is written character by character; more at once costs a call into the engine. */
const shortUnits = 31;
/** The longest head of a text. */
const headBytes = 5;
const encoder = new TextEncoder();
const halfPair = /\p{Surrogate}/u;

/**
 * A text.
 *
 * @throws TypeError where it holds half a surrogate pair; nothing is written then.
 */
export function putText(to: Sink, text: string): void {
  const { length } = text;
  if (length > shortUnits || !putShort(to, text)) putLong(to, text, length);
}

/** Returns false where the text is not ASCII; nothing is written then. */
function putShort(to: Sink, text: string): boolean {
  const { length } = text;
  if (to.at + 1 + length > to.bytes.length) to.grow(1 + length);
  const { bytes, at } = to;
  bytes[at] = 0xa0 | length;
  for (let unit = 0; unit < length; unit += 1) {
    const code = text.charCodeAt(unit);
    if (code > 0x7f) return false;
    bytes[at + 1 + unit] = code;
  }
  to.at = at + 1 + length;
  return true;
}

function putLong(to: Sink, text: string, room: number): void {
  if (to.at + room + headBytes > to.bytes.length) to.grow(room + headBytes);
  const { bytes, at } = to;
  const head = headOf(room);
  const { read, written } = encoder.encodeInto(text, bytes.subarray(at + head, at + head + room));
  if (read < text.length) return putLong(to, text, text.length * 3);
  if (written !== text.length && halfPair.test(text)) throw halfPairError();
  const shorter = headOf(written);
  if (shorter !== head) bytes.copyWithin(at + shorter, at + head, at + head + written);
  writeHead(bytes, at, written);
  to.at = at + shorter + written;
  return undefined;
}

function headOf(bytes: number): number {
  if (bytes < 0x20) return 1;
  if (bytes < 0x100) return 2;
  return bytes < 0x1_0000 ? 3 : 5;
}

function writeHead(bytes: Uint8Array, at: number, length: number): void {
  if (length < 0x20) bytes[at] = 0xa0 | length;
  else if (length < 0x100) {
    bytes[at] = 0xd9;
    bytes[at + 1] = length;
  } else if (length < 0x1_0000) {
    bytes[at] = 0xda;
    bytes[at + 1] = length >> 8;
    bytes[at + 2] = length;
  } else {
    bytes[at] = 0xdb;
    bytes[at + 1] = length >>> 24;
    bytes[at + 2] = length >> 16;
    bytes[at + 3] = length >> 8;
    bytes[at + 4] = length;
  }
}

/** A text that would not be UTF-8 any more: a receiver that met it would have to close the whole connection. */
export function halfPairError(options?: ErrorOptions): TypeError {
  return new TypeError(
    "A text with half a surrogate pair cannot travel; it was cut within a character.",
    options,
  );
}
