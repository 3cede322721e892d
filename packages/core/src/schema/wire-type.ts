/** Builders for the values that travel although JSON does not have them. */
import type { TUnsafe } from "typebox";

import type { WireType } from "./schema.ts";

/** Bytes: a `Uint8Array` on both sides, MessagePack `bin` on the wire. */
export function Bytes(): TUnsafe<Uint8Array> {
  return wireType<Uint8Array>("bytes");
}

/** A moment: a `Date` on both sides, the MessagePack timestamp extension on the wire, exact to the millisecond. */
export function Timestamp(): TUnsafe<Date> {
  return wireType<Date>("timestamp");
}

/** An integer of any size up to 1,000 digits: a `bigint` on both sides, extension 1 on the wire. */
export function BigInteger(): TUnsafe<bigint> {
  return wireType<bigint>("bigint");
}

function wireType<T>(name: WireType): TUnsafe<T> {
  // TUnsafe carries its static type in a mark that exists for the compiler only.
  return { type: "object", "x-concordat": name } as unknown as TUnsafe<T>;
}
