/** Shapes of values that several shapes describe at once. */
import { type Among, CheckedShape, insideOf, type Tags } from "./check.ts";
import { type Check, MISMATCH } from "./visit.ts";
import type { Kind } from "./kind.ts";
import { finished, merged } from "./projection.ts";
import { remembered } from "./remembered.ts";
import type { Shape } from "./shape.ts";

/** A value that matches every shape. What any of them declares is kept. */
export function allOf<T>(...shapes: readonly Shape[]): Shape<T> {
  const parts = shapes.map(insideOf);
  return new CheckedShape(every(parts.map(({ check }) => check)), {
    kinds: () => commonOf(parts.map(({ kinds }) => kinds)) as Among<Kind>, // out of sets of kinds
    values: () => commonOf(parts.map(({ values }) => values)),
    tags: () => tagsOf(parts.map(({ tags }) => tags)),
  });
}

/** One check for several: what any of them declares is kept. */
export function every(checks: readonly Check[]): Check {
  return remembered((value, visit, raw) => {
    let together = visit.beside;
    for (const check of checks) {
      visit.beside = together;
      const result = check(value, visit, true);
      if (result === MISMATCH) return MISMATCH;
      together = together === undefined ? result : merged(together, result);
    }
    visit.beside = undefined;
    return raw ? together : finished(together, visit);
  });
}

function commonOf(sets: readonly Among<unknown>[]): Among<unknown> {
  const limits = sets.filter((set) => set !== undefined);
  const [first, ...others] = limits;
  if (first === undefined) return undefined;
  return new Set([...first].filter((member) => others.every((set) => set.has(member))));
}

function tagsOf(each: readonly Tags[]): Tags {
  return new Map(each.flatMap((tags) => [...tags]));
}
