/** What a shape says about a value that does not match. */
import { Mismatch, type Shape } from "../../src/schema/shape.ts";

/** Path and reason in one text, or the result when there is no mismatch. */
export function mismatchOf(shape: Shape, value: unknown): unknown {
  try {
    return { accepted: shape.conform(value) };
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    return `${error.path} ${error.reason}`;
  }
}
