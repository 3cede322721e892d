/** The values that JSON does not have, into a message. */
import { maxDigits, tooHigh, tooLow } from "../../schema/big-integer.ts";
import { Mismatch } from "../../schema/shape.ts";
import { putNumber } from "./number.ts";
import type { Writer } from "./writer.ts";

/** Bytes: bin. */
export function writeBytes(to: Writer, value: unknown): void {
  if (!(value instanceof Uint8Array)) throw new Mismatch("", "is not bytes");
  const { length } = value;
  if (to.at + length + 5 > to.bytes.length) to.grow(length + 5);
  putHead(to, length, 0xc4);
  to.bytes.set(value, to.at);
  to.at += length;
}

/** A moment: its milliseconds since 1970, a whole number. */
export function writeTimestamp(to: Writer, value: unknown): void {
  if (!(value instanceof Date)) throw new Mismatch("", "is not a timestamp");
  const time = value.getTime();
  if (Number.isNaN(time)) throw new Mismatch("", "is not a valid date");
  putNumber(to, time);
}

/** An integer of any size: extension 1, its decimal digits. */
export function writeBigInteger(to: Writer, value: unknown): void {
  if (typeof value !== "bigint") throw new Mismatch("", "is not a big integer");
  if (value >= tooHigh || value <= tooLow)
    throw new Mismatch("", `has more than ${maxDigits} digits`);
  const digits = value.toString();
  if (to.at + digits.length + 4 > to.bytes.length) to.grow(digits.length + 4);
  putHead(to, digits.length, 0xc7);
  to.bytes[to.at] = 1;
  to.at += 1;
  for (let index = 0; index < digits.length; index += 1) {
    to.bytes[to.at + index] = digits.charCodeAt(index);
  }
  to.at += digits.length;
}

/** The head of a length: `first` for one byte of it, the next for two, the one after for four. */
function putHead(to: Writer, length: number, first: number): void {
  const { bytes, view, at } = to;
  if (length < 0x100) {
    bytes[at] = first;
    bytes[at + 1] = length;
    to.at = at + 2;
  } else if (length < 0x1_0000) {
    bytes[at] = first + 1;
    view.setUint16(at + 1, length);
    to.at = at + 3;
  } else {
    bytes[at] = first + 2;
    view.setUint32(at + 1, length);
    to.at = at + 5;
  }
}
