/** Objects, arrays and alternatives out of a message. */
import { Mismatch } from "../../schema/shape.ts";
import { isNull, type Variants } from "../variants.ts";
import { readCount } from "./number.ts";
import type { Reader } from "./reader.ts";

/** Goes into an array. Returns how many elements it has. */
export function readList(from: Reader): number {
  const length = from.listHead();
  if (length < 0) throw new Mismatch("", "is not an array");
  from.deeper(length);
  return length;
}

/** Goes into an object whose properties are all required. */
export function readFields(from: Reader, count: number): void {
  const length = from.listHead();
  if (length !== count) throw notFields(length, count);
  from.deeper(length);
}

/**
 * Goes into an object with optional properties. Returns the bits of those that are there.
 *
 * Where there are more than 32, the bits of the others follow by {@link readMoreBits}.
 */
export function readOptionalFields(from: Reader, required: number, optional: number): number {
  const length = from.listHead();
  const most = required + 1 + optional;
  if (length < required + 1 || length > most) throw notFields(length, most);
  from.deeper(length);
  const bits = readBits(from, optional);
  if (bitCount(bits) !== length - required - 1) throw notFields(length, most);
  return bits;
}

/** Goes into an object with more than 32 optional properties. Returns the bits of those that are there, 32 at a time. */
export function readManyFields(
  from: Reader,
  required: number,
  optional: number,
): readonly number[] {
  const length = from.listHead();
  const groups = Math.ceil(optional / 32);
  if (length < required + groups) throw notFields(length, required + groups);
  from.deeper(length);
  const all: number[] = [];
  let count = required + groups;
  for (let left = optional; left > 0; left -= 32) {
    const bits = readBits(from, Math.min(left, 32));
    count += bitCount(bits);
    all.push(bits);
  }
  if (count !== length) throw notFields(length, count);
  return all;
}

function readBits(from: Reader, count: number): number {
  const bits = readCount(from);
  if (!(bits < 2 ** count)) throw new Mismatch("", "has properties that are not declared");
  return bits | 0;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function notFields(length: number, expected: number): Mismatch {
  return new Mismatch(
    "",
    length < 0 ? "is not an object" : `is an object of ${length} fields where ${expected} belong`,
  );
}

/** Comes back from an object or an array. */
export function endRead(from: Reader): void {
  from.higher();
}

/** Which alternative follows; {@link isNull} where it is `null`. */
export function readVariant(from: Reader, variants: Variants): number {
  if (variants.isNullable && from.bytes[from.at] === 0xc0) {
    from.at += 1;
    return isNull;
  }
  if (variants.size === 1) return 0;
  const length = from.listHead();
  const index = length === 2 ? readCount(from) : NaN;
  if (!(index < variants.size)) throw new Mismatch("", variants.reason);
  from.deeper(length);
  return index;
}

/** Comes back from an alternative that stood behind its index. */
export function endVariant<T>(from: Reader, value: T): T {
  from.higher();
  return value;
}
