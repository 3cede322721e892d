/** Numbers into a message, each in its shortest form. */
import { Mismatch } from "../../schema/shape.ts";
import { putNumber } from "../../wire/sink.ts";
import type { Writer } from "./writer.ts";

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
