/** Texts, constants and single values out of a message. */
import { Mismatch } from "../../schema/shape.ts";
import { WireError } from "../../wire/wire-error.ts";
import type { Choices } from "../choices.ts";
import type { Scalar } from "../node/node.ts";
import { readCount } from "./number.ts";
import type { Reader } from "./reader.ts";

/** A text. */
export function readText(from: Reader): string {
  const length = readCount(from);
  const { text, textAt } = from;
  const end = textAt + length;
  if (!(end <= text.length)) throw notText(length);
  if (from.isWide && (text.charCodeAt(end) & 0xfc00) === 0xdc00)
    throw new WireError("a text ends within a character");
  from.textAt = end;
  return text.slice(textAt, end);
}

function notText(length: number): Error {
  return Number.isNaN(length)
    ? new Mismatch("", "is not a string")
    : new WireError("a text is longer than all texts of the message");
}

/** `true` or `false`. */
export function readBoolean(from: Reader): boolean {
  const head = from.bytes[from.at];
  if (head !== 0xc3 && head !== 0xc2) throw new Mismatch("", "is not a boolean");
  from.at += 1;
  return head === 0xc3;
}

/** One of a few constants. */
export function readChoice(from: Reader, choices: Choices): Scalar {
  const value = choices.values[readCount(from)];
  if (value === undefined) throw new Mismatch("", choices.reason);
  return value;
}

/** What no value matches. */
export function readNever(_from: Reader): never {
  throw new Mismatch("", "is not allowed");
}
