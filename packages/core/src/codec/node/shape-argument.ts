/** The arguments of a combinator that are shapes. */
import type { Argument, Expression } from "../../schema/expression/expression.ts";

/** An argument that stands for a shape. */
export function shapeIn(argument: Argument | undefined): Expression {
  if (argument !== undefined && ("definition" in argument || "call" in argument)) return argument;
  throw new TypeError("An expression has a value where it needs a shape.");
}
