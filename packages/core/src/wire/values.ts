/** Values to MessagePack and back: with `extension.ts` the one place that knows the MessagePack library. */
import { DecodeError, Decoder, Encoder } from "@msgpack/msgpack";

import { isIndexName } from "../index-name.ts";
import { type ByteBudget, endOfValue } from "./byte-budget.ts";
import { extensions } from "./extension.ts";
import { sharedLimitDefaults } from "./limits.ts";
import { decodeMarked, hasMark } from "./marked-value.ts";
import { halfPairError } from "./sink-text.ts";
import { WireError } from "./wire-error.ts";

/** The library counts what the innermost array or map holds as one more level. */
const maxDepth = sharedLimitDefaults.depth + 1;
const encoder = new Encoder({ extensionCodec: extensions, ignoreUndefined: true, maxDepth });
const decoder = new Decoder({ extensionCodec: extensions, mapKeyConverter: nameOf });
/** That a value is not for the library. */
const indexMet = new Error("a property has an index for a name");

/**
 * A value as MessagePack.
 *
 * Plain objects, arrays, strings, numbers, booleans, null, `Uint8Array`, `Date` and `bigint` travel. A property that
 * is `undefined` is left out; `-0` becomes `0`. That numbers are finite is for shapes to check, which have seen each.
 *
 * @throws Error for anything else, and for more than 64 levels, with a sentence that names it.
 */
export function valueToBytes(value: unknown): Uint8Array {
  const bytes = encoder.encode(value);
  // The library writes half a surrogate pair as ED A0 80 to ED BF BF. That is no UTF-8, and a receiver that met it
  // would have to close the whole connection.
  if (bytes.includes(0xed)) checkText(bytes);
  return bytes;
}

function checkText(bytes: Uint8Array): void {
  try {
    endOfValue(bytes, 0, { depth: maxDepth, values: Infinity });
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw halfPairError({ cause: error });
  }
}

/**
 * One MessagePack value as JavaScript, decoded under a budget.
 *
 * @throws WireError for whatever is not exactly one well-formed value within the budget.
 */
export function bytesToValue(bytes: Uint8Array, budget: ByteBudget): unknown {
  if (endOfValue(bytes, 0, budget) !== bytes.length)
    throw new WireError("bytes follow behind a value");
  return decodeWalked(bytes);
}

/** Decodes bytes that {@link endOfValue} has walked already. */
export function decodeWalked(bytes: Uint8Array): unknown {
  try {
    return hasMark(bytes) ? decodeMarked(bytes) : decodeUnmarked(bytes);
  } catch (error) {
    // What the walk cannot see: `__proto__` as a key, an unknown extension, a timestamp out of range.
    if (error instanceof DecodeError || error instanceof RangeError) {
      throw new WireError(`a value cannot be decoded: ${error.message}`);
    }
    throw error;
  }
}

function decodeUnmarked(bytes: Uint8Array): unknown {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error === indexMet) return decodeMarked(bytes);
    throw error;
  }
}

/** The library makes room for all indices before the one that is there. A walk has seen that keys are texts. */
function nameOf(key: unknown): string {
  const name = String(key);
  if (isIndexName(name)) throw indexMet;
  return name;
}
