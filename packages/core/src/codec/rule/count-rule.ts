/** What the length of an array has to satisfy. Each returns the length. */
import { Mismatch } from "../../schema/shape.ts";

/** At least so many. */
export function minItems(length: number, count: number): number {
  if (length >= count) return length;
  throw new Mismatch("", `has fewer items than ${count}`);
}

/** At most so many. */
export function maxItems(length: number, count: number): number {
  if (length <= count) return length;
  throw new Mismatch("", `has more items than ${count}`);
}
