/** Shapes of values that match one of several shapes. */
import { Alternatives } from "./alternatives.ts";
import { CheckedShape, insideOf } from "./check.ts";
import { type Check, type Visit, MISMATCH } from "./visit.ts";
import { lossOf, merged } from "./projection.ts";
import { remembered } from "./remembered.ts";
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
  const check: Check = (value, visit, raw) => {
    const candidates = alternatives.for(value, visit);
    if (candidates === MISMATCH) return MISMATCH;
    const [first, second] = candidates;
    if (first !== undefined && second === undefined) return first.check(value, visit, raw);
    return choose(candidates, value, visit, raw);
  };
  return new CheckedShape<T>(remembered(check), {
    kinds: () => alternatives.kinds(),
    values: () => alternatives.values(),
  });
}

function best(
  candidates: readonly CheckedShape<unknown>[],
  value: unknown,
  visit: Visit,
  raw: boolean,
): unknown {
  const { beside } = visit;
  let kept: unknown = MISMATCH;
  let least = Infinity;
  for (const { check } of candidates) {
    visit.beside = beside;
    const result = visit.attempt(check, value, raw);
    if (result === MISMATCH) continue;
    const loss = lossOf(value, beside === undefined ? result : merged(beside, result));
    if (loss < least) [kept, least] = [result, loss];
    if (least === 0) break;
  }
  if (kept !== MISMATCH) return kept;
  return visit.fail(`matches none of the ${candidates.length} alternatives`);
}

function only(
  candidates: readonly CheckedShape<unknown>[],
  value: unknown,
  visit: Visit,
  raw: boolean,
): unknown {
  visit.fragile = true;
  const { beside } = visit;
  const results: unknown[] = [];
  for (const { check } of candidates) {
    visit.beside = beside;
    const result = visit.attempt(check, value, raw);
    if (result !== MISMATCH) results.push(result);
  }
  if (results.length === 1) return results[0];
  const count = `${results.length === 0 ? "none" : results.length} of the ${candidates.length}`;
  return visit.fail(`matches ${count} alternatives where exactly one is allowed`);
}
