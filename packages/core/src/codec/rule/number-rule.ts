/** What a number has to satisfy. Each returns the number. */
import { isMultiple } from "../../schema/multiple.ts";
import { Mismatch } from "../../schema/shape.ts";

/** At least so much. */
export function minimum(value: number, bound: number): number {
  if (value >= bound) return value;
  throw new Mismatch("", `is less than ${bound}`);
}

/** At most so much. */
export function maximum(value: number, bound: number): number {
  if (value <= bound) return value;
  throw new Mismatch("", `is more than ${bound}`);
}

/** More than so much. */
export function exclusiveMinimum(value: number, bound: number): number {
  if (value > bound) return value;
  throw new Mismatch("", `is not more than ${bound}`);
}

/** Less than so much. */
export function exclusiveMaximum(value: number, bound: number): number {
  if (value < bound) return value;
  throw new Mismatch("", `is not less than ${bound}`);
}

/** A whole number of steps. */
export function multipleOf(value: number, step: number): number {
  if (isMultiple(value, step)) return value;
  throw new Mismatch("", `is not a multiple of ${step}`);
}
