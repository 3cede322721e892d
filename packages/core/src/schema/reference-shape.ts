/** Shapes that are named before they are there: the way to recursion. */
import { CheckedShape, insideOf, type Tags } from "./check.ts";
import type { Shape } from "./shape.ts";

const noTags: Tags = new Map();

/** The shape that a function returns. It is asked once, when the first value comes. */
export function reference<T>(resolve: () => Shape<T>): Shape<T> {
  let found: CheckedShape<unknown> | undefined;
  let isAsking = false;
  const target = (): CheckedShape<unknown> => (found ??= insideOf(resolve()));

  /** A definition that refers to itself, and not below a property, knows nothing about itself. */
  function trait<Value>(ask: (shape: CheckedShape<unknown>) => Value, otherwise: Value): Value {
    if (isAsking) return otherwise;
    isAsking = true;
    try {
      return ask(target());
    } finally {
      isAsking = false;
    }
  }

  return new CheckedShape((value, visit, raw) => visit.follow(target().check, value, raw), {
    kinds: () => trait(({ kinds }) => kinds, undefined),
    values: () => trait(({ values }) => values, undefined),
    tags: () => trait(({ tags }) => tags, noTags),
  });
}
