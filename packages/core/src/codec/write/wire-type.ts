/** The values that JSON does not have, into a message. */
import { maxDigits, tooHigh, tooLow } from "../../schema/big-integer.ts";
import { Mismatch } from "../../schema/shape.ts";
import { putByte, putBytes, putLengthHead, putNumber } from "../../wire/sink.ts";
import type { Writer } from "./writer.ts";

/** Bytes: bin. */
export function writeBytes(to: Writer, value: unknown): void {
  if (!(value instanceof Uint8Array)) throw new Mismatch("", "is not bytes");
  putBytes(to, value);
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
  putLengthHead(to, digits.length, 0xc7);
  putByte(to, 1);
  if (to.at + digits.length > to.bytes.length) to.grow(digits.length);
  for (let index = 0; index < digits.length; index += 1) {
    to.bytes[to.at + index] = digits.charCodeAt(index);
  }
  to.at += digits.length;
}
