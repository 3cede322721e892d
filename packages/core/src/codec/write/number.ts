/** Numbers into a message, each in its shortest form. */
import { Mismatch } from "../../schema/shape.ts";
import type { Writer } from "./writer.ts";

/** A whole number from 0 to 2^32 - 1: a length, an index, a set of bits. */
export function putCount(to: Writer, value: number): void {
  if (to.at + 5 > to.bytes.length) to.grow(5);
  const { bytes, at } = to;
  if (value < 0x80) {
    bytes[at] = value;
    to.at = at + 1;
  } else if (value < 0x100) {
    bytes[at] = 0xcc;
    bytes[at + 1] = value;
    to.at = at + 2;
  } else if (value < 0x1_0000) {
    bytes[at] = 0xcd;
    bytes[at + 1] = value >> 8;
    bytes[at + 2] = value;
    to.at = at + 3;
  } else {
    bytes[at] = 0xce;
    to.view.setUint32(at + 1, value);
    to.at = at + 5;
  }
}

/** A number: an int form where it is whole and within ±(2^53 - 1), float 64 otherwise. */
export function putNumber(to: Writer, value: number): void {
  if (Math.floor(value) !== value || value > 0xffff_ffff || value < 0) putOther(to, value);
  else putCount(to, value);
}

function putOther(to: Writer, value: number): void {
  if (to.at + 9 > to.bytes.length) to.grow(9);
  const { bytes, view, at } = to;
  if (!Number.isSafeInteger(value)) {
    bytes[at] = 0xcb;
    view.setFloat64(at + 1, value);
    to.at = at + 9;
  } else if (value >= -0x20 && value < 0) {
    bytes[at] = value; // its last byte is what a negative fixint is
    to.at = at + 1;
  } else if (value >= -0x80 && value < 0) {
    bytes[at] = 0xd0;
    view.setInt8(at + 1, value);
    to.at = at + 2;
  } else if (value >= -0x8000 && value < 0) {
    bytes[at] = 0xd1;
    view.setInt16(at + 1, value);
    to.at = at + 3;
  } else if (value >= -0x8000_0000 && value < 0) {
    bytes[at] = 0xd2;
    view.setInt32(at + 1, value);
    to.at = at + 5;
  } else {
    bytes[at] = value < 0 ? 0xd3 : 0xcf;
    view.setInt32(at + 1, Math.floor(value / 0x1_0000_0000));
    view.setUint32(at + 5, value); // modulo 2^32
    to.at = at + 9;
  }
}

/** A number without a fraction. */
export function writeInteger(to: Writer, value: unknown): number {
  if (typeof value !== "number" || !Number.isInteger(value))
    throw new Mismatch("", "is not an integer");
  putNumber(to, value);
  return value;
}

/** A finite number. */
export function writeNumber(to: Writer, value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value))
    throw new Mismatch("", "is not a number");
  putNumber(to, value);
  return value;
}
