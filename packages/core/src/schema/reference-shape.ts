/** Shapes that are named before they are there: the way to recursion. */
import { CheckedShape, insideOf, type Tags } from "./check.ts";
import { remembered } from "./remembered.ts";
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

  // A schema can only be met again at each level of a value by its name, so here is where it is remembered.
  const check = remembered((value, visit, raw) => visit.follow(target().check, value, raw));
  return new CheckedShape(check, {
    kinds: () => trait(({ kinds }) => kinds, undefined),
    values: () => trait(({ values }) => values, undefined),
    tags: () => trait(({ tags }) => tags, noTags),
  });
}
