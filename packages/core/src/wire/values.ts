/** Values to MessagePack and back: with `extension.ts` the one place that knows the MessagePack library. */
import { DecodeError, Decoder, Encoder } from "@msgpack/msgpack";

import { type ByteBudget, endOfValue } from "./byte-budget.ts";
import { extensions } from "./extension.ts";
import { WireError } from "./wire-error.ts";

const encoder = new Encoder({ extensionCodec: extensions, ignoreUndefined: true, maxDepth: 64 });
const decoder = new Decoder({ extensionCodec: extensions });

/**
 * A value as MessagePack.
 *
 * Plain objects, arrays, strings, finite numbers, booleans, null, `Uint8Array`, `Date` and `bigint` travel.
 * A property that is `undefined` is left out; `-0` becomes `0`.
 *
 * @throws Error for anything else, and for more than 64 levels, with a sentence that names it.
 */
export function valueToBytes(value: unknown): Uint8Array {
  return encoder.encode(value);
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
    return decoder.decode(bytes);
  } catch (error) {
    // What the walk cannot see: `__proto__` as a key, an unknown extension, a timestamp out of range.
    if (error instanceof DecodeError || error instanceof RangeError) {
      throw new WireError(`a value cannot be decoded: ${error.message}`);
    }
    throw error;
  }
}
