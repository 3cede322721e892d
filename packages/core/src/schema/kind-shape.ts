/** Shapes that speak of some kinds of value only, as JSON Schema's keywords do where no type is given. */
import { CheckedShape, insideOf } from "./check.ts";
import type { Check } from "./visit.ts";
import { type Kind, kindOf } from "./kind.ts";
import { undeclared } from "./projection.ts";
import type { Shape } from "./shape.ts";

/** What values of these kinds must match. */
export type ShapesByKind = { readonly [Name in "number" | "string" | "array" | "object"]?: Shape };

/** Anything that may travel, but a value of one of the given kinds must match the shape for it. */
export function byKind<T>(shapes: ShapesByKind): Shape<T> {
  const checks = new Map<Kind | undefined, Check>();
  for (const kind of ["number", "string", "array", "object"] as const) {
    const shape = shapes[kind];
    if (shape !== undefined) checks.set(kind, insideOf(shape).check);
  }
  return new CheckedShape((value, visit, raw) => {
    const check = checks.get(kindOf(value));
    return check === undefined ? undeclared(value, visit, raw) : check(value, visit, raw);
  });
}
