/** Shapes that accept everything or nothing. */
import { CheckedShape } from "./check.ts";
import { undeclared } from "./projection.ts";
import type { Shape } from "./shape.ts";

/** Anything that may travel: JSON values, `Uint8Array`, `Date` and `bigint`, in plain objects and arrays. */
export function anything<T = unknown>(): Shape<T> {
  return new CheckedShape(undeclared);
}

/** No value at all. */
export function nothing(): Shape<never> {
  return new CheckedShape((_value, visit) => visit.fail("is not allowed"), {
    kinds: () => new Set(),
  });
}
