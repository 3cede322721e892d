/** Shapes of values that match one of several shapes. */
import { Alternatives } from "./alternatives.ts";
import { CheckedShape, insideOf } from "./check.ts";
import { type Check, type Fault, MISMATCH } from "./fault.ts";
import { lossOf } from "./projection.ts";
import type { Shape } from "./shape.ts";

/**
 * A value that matches at least one shape.
 *
 * What is kept is what one of them declares: the first that leaves nothing out, else the one that leaves out least.
 * Where a property with constant values tells the shapes apart, only one of them is looked at.
 */
export function union<T>(...shapes: readonly Shape[]): Shape<T> {
  return choice(shapes, best);
}

/** A value that matches exactly one shape. */
export function exactlyOne<T>(...shapes: readonly Shape[]): Shape<T> {
  return choice(shapes, only);
}

type Choose = (candidates: readonly CheckedShape<unknown>[], ...of: Parameters<Check>) => unknown;

function choice<T>(shapes: readonly Shape[], choose: Choose): Shape<T> {
  const alternatives = new Alternatives(shapes.map(insideOf));
  // What a choice made of a value depends on whether the result is raw, so there are two names to remember it by.
  const memory = { raw: {}, whole: {} };
  return new CheckedShape<T>(
    (value, fault, raw) => {
      const candidates = alternatives.for(value, fault);
      if (candidates === MISMATCH) return MISMATCH;
      const [first, second] = candidates;
      if (first !== undefined && second === undefined) return first.check(value, fault, raw);
      if (typeof value !== "object" || value === null) return choose(candidates, value, fault, raw);
      const name = raw ? memory.raw : memory.whole;
      return fault.once(name, value, () => choose(candidates, value, fault, raw));
    },
    { kinds: () => alternatives.kinds(), values: () => alternatives.values() },
  );
}

function best(
  candidates: readonly CheckedShape<unknown>[],
  value: unknown,
  fault: Fault,
  raw: boolean,
): unknown {
  let kept: unknown = MISMATCH;
  let least = Infinity;
  for (const { check } of candidates) {
    const result = fault.attempt(check, value, raw);
    const loss = result === MISMATCH ? Infinity : lossOf(value, result);
    if (loss < least) [kept, least] = [result, loss];
    if (least === 0) break;
  }
  return kept === MISMATCH
    ? fault.fail(`matches none of the ${candidates.length} alternatives`)
    : kept;
}

function only(
  candidates: readonly CheckedShape<unknown>[],
  value: unknown,
  fault: Fault,
  raw: boolean,
): unknown {
  fault.fragile = true;
  const results = candidates
    .map(({ check }) => fault.attempt(check, value, raw))
    .filter((result) => result !== MISMATCH);
  if (results.length === 1) return results[0];
  const count = `${results.length === 0 ? "none" : results.length} of the ${candidates.length}`;
  return fault.fail(`matches ${count} alternatives where exactly one is allowed`);
}
