/** Shapes that say what a value must not be, or what follows from what it is. */
import { CheckedShape, insideOf } from "./check.ts";
import { type Check, MISMATCH } from "./visit.ts";
import { isPlainObject } from "./kind.ts";
import { finished, merged, Undeclared, undeclared } from "./projection.ts";
import type { Shape } from "./shape.ts";

/** Anything that does not match a shape. */
export function not<T>(shape: Shape): Shape<T> {
  const { check } = insideOf(shape);
  return new CheckedShape((value, visit, raw) => {
    visit.fragile = true;
    if (visit.attempt(check, value, true) !== MISMATCH)
      return visit.fail("matches what it must not match");
    return undeclared(value, visit, raw);
  });
}

/** What a value must match if it matches something, and what otherwise. Default: anything. */
export interface Condition {
  readonly if: Shape;
  readonly then?: Shape;
  readonly else?: Shape;
}

/** A value to which a condition applies. The properties that the condition speaks of are kept. */
export function conditional<T>(condition: Condition): Shape<T> {
  const test = insideOf(condition.if).check;
  const positive = condition.then && insideOf(condition.then).check;
  const negative = condition.else && insideOf(condition.else).check;
  const decide: Check = (value, visit) => {
    const result = visit.attempt(test, value, true);
    if (result === MISMATCH) return negative?.(value, visit, true) ?? new Undeclared(value);
    const consequence = positive?.(value, visit, true) ?? new Undeclared(value);
    return consequence === MISMATCH ? MISMATCH : merged(result, consequence);
  };
  return new CheckedShape((value, visit, raw) => {
    visit.fragile = true;
    const result = decide(value, visit, true);
    if (result === MISMATCH) return MISMATCH;
    // A condition is not where an object is described, so it does not close one either.
    const open = isPlainObject(result) ? new Undeclared(value, result) : result;
    return raw ? open : finished(open, visit);
  });
}
