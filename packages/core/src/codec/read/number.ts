/** Numbers out of a message. Any int or float form is taken. */
import { Mismatch } from "../../schema/shape.ts";
import type { Reader } from "./reader.ts";

/** A number without a fraction. */
export function readInteger(from: Reader): number {
  const { bytes, at } = from;
  const head = bytes[at] ?? 0xc1;
  if (head < 0x80) {
    from.at = at + 1;
    return head;
  }
  const value = from.longNumber(head);
  if (!Number.isInteger(value)) throw new Mismatch("", "is not an integer");
  return value;
}

/** A finite number. */
export function readNumber(from: Reader): number {
  const { bytes, at } = from;
  const head = bytes[at] ?? 0xc1;
  if (head < 0x80) {
    from.at = at + 1;
    return head;
  }
  const value = from.longNumber(head);
  if (!Number.isFinite(value)) throw new Mismatch("", "is not a number");
  return value;
}

/** A whole number from 0 to 2^32 - 1; NaN for whatever else stands here. */
export function readCount(from: Reader): number {
  const { bytes, at } = from;
  const head = bytes[at] ?? 0xc1;
  if (head < 0x80) {
    from.at = at + 1;
    return head;
  }
  return head >= 0xcc && head <= 0xce ? from.longNumber(head) : NaN;
}
