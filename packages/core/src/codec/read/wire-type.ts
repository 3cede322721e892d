/** The values that JSON does not have, out of a message. */
import { maxDigits } from "../../schema/big-integer.ts";
import { Mismatch } from "../../schema/shape.ts";
import { extensionHead } from "../../wire/extension-head.ts";
import { readInteger } from "./number.ts";
import type { Reader } from "./reader.ts";

/** Bytes: in memory of their own, unless they are most of what they came in and a copy would save next to nothing. */
export function readBytes(from: Reader): Uint8Array {
  const bytes = from.nextBytes();
  if (bytes === undefined) throw new Mismatch("", "is not bytes");
  return bytes.length * 2 < bytes.buffer.byteLength ? bytes.slice() : bytes;
}

/** A moment, from its milliseconds. */
export function readTimestamp(from: Reader): Date {
  const head = from.bytes[from.at] ?? 0xc1;
  if (head > 0x7f && head < 0xca) throw new Mismatch("", "is not a timestamp");
  const moment = new Date(readInteger(from));
  if (Number.isNaN(moment.getTime())) throw new Mismatch("", "is not a valid date");
  return moment;
}

const digits = /^-?[0-9]+$/;

/** An integer of any size, from its decimal digits. */
export function readBigInteger(from: Reader): bigint {
  const length = extensionHead(from);
  if (length < 0 || from.unsigned(1) !== 1) throw new Mismatch("", "is not a big integer");
  // Turning text into an integer costs the square of its length.
  if (length > maxDigits) throw new Mismatch("", `has more than ${maxDigits} digits`);
  const text = String.fromCharCode(...from.take(length));
  if (!digits.test(text)) throw new Mismatch("", "is not a big integer");
  return BigInt(text);
}
