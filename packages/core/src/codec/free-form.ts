/** Values to which no positions can be given: ordinary MessagePack within a message. The only part that needs its library. */
import type { Shape } from "../schema/shape.ts";
import { endOfValue } from "../wire/byte-budget.ts";
import { putRaw } from "../wire/sink.ts";
import { decodeWalked, valueToBytes } from "../wire/values.ts";
import type { Reader } from "./read/reader.ts";
import type { Writer } from "./write/writer.ts";

/** Anything that its shape admits. */
export function writeFree(to: Writer, value: unknown, shape: Shape): void {
  const bytes = valueToBytes(shape.conform(value));
  to.isDeep ||= to.isInside && isDeep(bytes);
  putRaw(to, bytes);
}

/** So many levels are not too many below the most that a {@link Writer} leaves uncounted. */
const shallow = { depth: 20, values: Infinity };

function isDeep(bytes: Uint8Array): boolean {
  try {
    endOfValue(bytes, 0, shallow);
    return false;
  } catch {
    return true; // the bytes are whole, so that is all that can be wrong
  }
}

/** The same back. */
export function readFree(from: Reader, shape: Shape): unknown {
  const end = endOfValue(from.bytes, from.at, from.rest);
  const bytes = from.take(end - from.at);
  return shape.conform(decodeWalked(bytes));
}
