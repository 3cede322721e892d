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
  const value = longNumber(from, head);
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
  const value = longNumber(from, head);
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
  return head >= 0xcc && head <= 0xce ? longNumber(from, head) : NaN;
}

/** NaN for what is no number. */
function longNumber(from: Reader, head: number): number {
  if (head >= 0xe0) {
    from.at += 1;
    return head - 0x100;
  }
  if (head < 0xca || head > 0xd3) return NaN;
  from.at += 1;
  if (head === 0xca) return from.float32();
  if (head === 0xcb) return from.float64();
  const count = 1 << ((head - 0xcc) & 3);
  if (count === 8) {
    const high = from.unsigned(4);
    return (head === 0xd3 ? high | 0 : high) * 0x1_0000_0000 + from.unsigned(4);
  }
  const value = from.unsigned(count);
  if (head < 0xd0 || value < 2 ** (count * 8 - 1)) return value;
  return value - 2 ** (count * 8);
}
