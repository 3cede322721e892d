/** What one message looks like, ready to run: the single definition of "matches the contract" on both sides. */

/**
 * The schema of one message position, compiled, printed into a stub, or interpreted.
 *
 * Closed sender, open receiver: both run {@link Shape.conform}, which keeps declared properties only.
 */
export interface Shape<T = unknown> {
  /**
   * A copy of `value` that holds exactly what the contract declares.
   *
   * Undeclared properties are left out, bytes are copied, nothing is coerced and no default is filled in.
   *
   * @throws Mismatch at the first place that does not match.
   */
  conform(value: unknown): T;
}

/** A value does not match its schema. Raised by shapes, turned into a status code by whoever ran one. */
export class Mismatch extends Error {
  override name = "Mismatch";
  /** Where, as a JSON pointer: `/lines/3/sku`; an empty string for the value itself. */
  readonly path: string;
  /** What is wrong there, in words without the value: `is not a string`. */
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`${path === "" ? "the value" : path} ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}
