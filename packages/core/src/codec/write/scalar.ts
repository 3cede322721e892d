/** Texts, constants and single values into a message. */
import { Mismatch } from "../../schema/shape.ts";
import { putByte, putCount } from "../../wire/sink.ts";
import { halfPairError } from "../../wire/sink-text.ts";
import type { Choices } from "../choices.ts";
import type { Writer } from "./writer.ts";

/** A text: its length, in UTF-16 units. The text itself is gathered. */
export function writeText(to: Writer, value: unknown): string {
  if (typeof value !== "string") throw new Mismatch("", "is not a string");
  // Behind another text it could complete a pair that no single text has.
  if ((value.charCodeAt(0) & 0xfc00) === 0xdc00) throw halfPairError();
  to.text += value;
  putCount(to, value.length);
  return value;
}

/** `true` or `false`. */
export function writeBoolean(to: Writer, value: unknown): void {
  if (typeof value !== "boolean") throw new Mismatch("", "is not a boolean");
  putByte(to, value ? 0xc3 : 0xc2);
}

/** One of a few constants: its index. */
export function writeChoice(to: Writer, value: unknown, choices: Choices): void {
  putCount(to, choices.indexOf(value));
}

/** A constant that both sides know: nothing. */
export function checkConstant(value: unknown, choices: Choices): void {
  choices.indexOf(value);
}

/**
 * What no value matches.
 *
 * @returns Nothing, as other writers do: as `never` it would make all that a printed codec writes after it code that
 *   cannot be reached, and compilers see mistakes in that.
 */
export function writeNever(_to: Writer, _value: unknown): void {
  throw new Mismatch("", "is not allowed");
}
