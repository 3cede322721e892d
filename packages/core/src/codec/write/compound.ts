/** Objects, arrays and alternatives into a message. */
import { isPlainObject } from "../../schema/kind.ts";
import { Mismatch } from "../../schema/shape.ts";
import { putByte, putCount, putListHead } from "../../wire/sink.ts";
import type { Variants } from "../variants.ts";
import type { Writer } from "./writer.ts";

/** The properties of an object. */
export type Members = Record<string, unknown>;

/** Goes into an object, of which nothing is written yet. */
export function beginObject(to: Writer, value: unknown): Members {
  if (!isPlainObject(value)) throw new Mismatch("", "is not an object");
  to.enter(value);
  return value;
}

/** Goes into an array, of which the length is written. */
export function beginList(to: Writer, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Mismatch("", "is not an array");
  to.enter(value);
  putListHead(to, value.length);
  return value;
}

/** Comes back from an object or an array. */
export function endWrite(to: Writer): void {
  to.leave();
}

/** The head of an object whose properties are all required. */
export function writeFields(to: Writer, count: number): void {
  putListHead(to, count);
}

/** The head of an object with optional properties: the bits of those that are there come first. */
export function writeOptionalFields(to: Writer, required: number, has: number): void {
  putListHead(to, required + 1 + bitCount(has));
  putCount(to, has >>> 0);
}

/** The head of an object with more than 32 optional properties: their bits, 32 at a time. */
export function writeManyFields(to: Writer, required: number, has: readonly number[]): void {
  let count = required + has.length;
  for (const bits of has) count += bitCount(bits);
  putListHead(to, count);
  for (const bits of has) putCount(to, bits >>> 0);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** Which alternative follows: its index, where there is more than one. Returns the index. */
export function writeVariant(to: Writer, value: unknown, variants: Variants): number {
  const index = variants.indexOf(value);
  if (index < 0) putByte(to, 0xc0);
  else if (variants.size > 1) {
    putListHead(to, 2);
    putCount(to, index);
  }
  return index;
}
