/** Values as the shapes of a release have them. */
import type { ErrorDetail } from "@concordat/core";
import { Mismatch, type Shape } from "@concordat/core/internal";

import type { ProcedureShapes } from "./release-shapes.ts";
import { ServerFault } from "./server-fault.ts";

/** Makes the error of a value that does not match. */
export type FaultOf = (mismatch: Mismatch) => Error;

/**
 * A named error as a release has it, or `undefined` where that has none of its name.
 *
 * @throws ServerFault when it has it in another form.
 */
export function checkedError(
  { errors }: ProcedureShapes,
  { name, value }: ErrorDetail,
  whose: string,
): ErrorDetail | undefined {
  const shape = errors.get(name);
  if (shape === undefined) return undefined;
  const own = checked(
    shape,
    value,
    ({ path, reason }) => new ServerFault(`${whose} error ${name} ${reason}`, path),
  );
  return { name, value: own };
}

/** A value as a shape has it. Throws what `fault` makes where it does not match. */
export function checked(shape: Shape, value: unknown, fault: FaultOf): unknown {
  try {
    return shape.conform(value);
  } catch (error) {
    throw error instanceof Mismatch ? fault(error) : error;
  }
}
