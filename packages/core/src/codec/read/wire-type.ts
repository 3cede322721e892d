/** The values that JSON does not have, out of a message. */
import { maxDigits } from "../../schema/big-integer.ts";
import { Mismatch } from "../../schema/shape.ts";
import { readInteger } from "./number.ts";
import type { Reader } from "./reader.ts";

/** Bytes, in memory of their own. */
export function readBytes(from: Reader): Uint8Array {
  const length = readLength(from, 0xc4);
  if (length === undefined) throw new Mismatch("", "is not bytes");
  return new Uint8Array(from.take(length));
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
  const length = readLength(from, 0xc7);
  if (length === undefined || from.unsigned(1) !== 1)
    throw new Mismatch("", "is not a big integer");
  // Turning text into an integer costs the square of its length.
  if (length > maxDigits) throw new Mismatch("", `has more than ${maxDigits} digits`);
  const text = String.fromCharCode(...from.take(length));
  if (!digits.test(text)) throw new Mismatch("", "is not a big integer");
  return BigInt(text);
}

/** The length behind a head: `first` for one byte of it, the next for two, the one after for four. */
function readLength(from: Reader, first: number): number | undefined {
  const width = (from.bytes[from.at] ?? 0) - first;
  if (width < 0 || width > 2) return undefined;
  from.at += 1;
  return from.unsigned(1 << width);
}
