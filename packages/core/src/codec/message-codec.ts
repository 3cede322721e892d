/** One message position as bytes: what all encodings and all ways to run them offer. */
import { Mismatch } from "../schema/shape.ts";
import { maxDepth } from "../schema/visit.ts";
import { type ByteBudget, endOfValue } from "../wire/byte-budget.ts";
import { Output } from "../wire/output.ts";
import type { Sink } from "../wire/sink.ts";
import { WireError } from "../wire/wire-error.ts";
import type { Reader } from "./read/reader.ts";
import { Writer } from "./write/writer.ts";

/** Writes messages of one kind. */
export interface MessageWriter {
  /**
   * Appends a message to what an output has.
   *
   * @throws Mismatch where the value does not match its schema, TypeError where it cannot travel; a part of it may be
   * written then.
   */
  write(to: Writer, value: unknown, output: Sink): void;
}

/** Reads messages of one kind. */
export interface MessageReader {
  /**
   * The value of a whole message, which matches its schema.
   *
   * @throws Mismatch where it does not, WireError where the bytes are no such message.
   */
  read(from: Reader, bytes: Uint8Array, budget: ByteBudget): unknown;
}

/** Writes one value into the body of a message. */
export type WriteValue = (to: Writer, value: unknown) => unknown;

/** Reads one value out of the body of a message. */
export type ReadValue = (from: Reader) => unknown;

/** A message without texts: its body. */
export function plainWriter(writeValue: WriteValue): MessageWriter {
  return {
    write(to, value, output) {
      to.beginIn(output);
      writeValue(to, value);
      to.finishIn(output);
    },
  };
}

/** A message with texts: a list of all of them, put together, and its body. */
export function textWriter(writeValue: WriteValue): MessageWriter {
  return {
    write(to, value, output) {
      to.begin();
      writeValue(to, value);
      to.finish(output);
    },
  };
}

/** Reads what {@link plainWriter} writes. */
export function plainReader(readValue: ReadValue): MessageReader {
  return {
    read(from, bytes, budget) {
      from.begin(bytes, budget);
      const value = readValue(from);
      from.finish();
      return value;
    },
  };
}

/** Reads what {@link textWriter} writes. */
export function textReader(readValue: ReadValue): MessageReader {
  return {
    read(from, bytes, budget) {
      from.beginWithTexts(bytes, budget);
      const value = readValue(from);
      from.finish();
      return value;
    },
  };
}

/** Writes a message behind what an output has; see {@link MessageWriter.write}. */
export function putMessage(writer: MessageWriter, to: Writer, value: unknown, output: Sink): void {
  // A value's own getters may write another message before this one is done.
  if (to.isBusy) return putMessage(writer, new Writer(), value, output);
  const start = output.at;
  to.isBusy = true;
  try {
    writer.write(to, value, output);
  } finally {
    to.isBusy = false;
  }
  if (to.isDeep) checkLevels(output, start);
}

/** Texts, alternatives and other properties take levels that a value does not have, and a receiver closes the connection over one too many. */
function checkLevels({ bytes, at }: Sink, start: number): void {
  try {
    endOfValue(bytes.subarray(0, at), start, { depth: maxDepth, values: Infinity });
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new Mismatch("", `nests deeper than ${maxDepth} levels on the wire`);
  }
}

/** A message by itself. */
export function messageBytes(writer: MessageWriter, to: Writer, value: unknown): Uint8Array {
  const output = new Output();
  putMessage(writer, to, value, output);
  return output.part();
}
