/** Shapes of arrays: any number of elements of one shape, or one shape for each place. */
import { type ArrayRule, type ArrayRules, arrayRulesOf } from "./array-rules.ts";
import { CheckedShape, insideOf } from "./check.ts";
import { type Check, type Visit, MISMATCH } from "./visit.ts";
import type { Kind } from "./kind.ts";
import type { Shape } from "./shape.ts";

/** What a tuple may hold behind its places. */
export interface TupleRules extends ArrayRules {
  /** The shape of all elements behind the given places. Default: there are none. */
  readonly rest?: Shape;
}

const kinds: ReadonlySet<Kind> = new Set(["array"]);

/** The only kind that an array may be of. */
export const kindsOfArray = (): ReadonlySet<Kind> => kinds;

/** An array of elements of one shape. */
export function array<T>(element: Shape, rules: ArrayRules = {}): Shape<T> {
  return arrayOf([], insideOf(element).check, arrayRulesOf(rules));
}

/** An array with one shape for each place. Default: all places are filled, and there are no more. */
export function tuple<T>(places: readonly Shape[], rules: TupleRules = {}): Shape<T> {
  return arrayOf(
    places.map((place) => insideOf(place).check),
    rules.rest && insideOf(rules.rest).check,
    arrayRulesOf({ minItems: places.length, ...rules }),
  );
}

function arrayOf<T>(
  places: readonly Check[],
  rest: Check | undefined,
  rules: readonly ArrayRule[],
): Shape<T> {
  const look = (elements: readonly unknown[], visit: Visit, raw: boolean): unknown => {
    for (const rule of rules) if (rule(elements, visit) === MISMATCH) return MISMATCH;
    const kept: unknown[] = [];
    for (let index = 0; index < elements.length; index += 1) {
      const check = places[index] ?? rest;
      const element =
        check === undefined ? visit.fail("is not allowed") : check(elements[index], visit, raw);
      if (element === MISMATCH) return visit.under(index);
      kept.push(element);
    }
    return kept;
  };
  return new CheckedShape<T>(
    (value, visit, raw) => {
      if (!Array.isArray(value)) return visit.fail("is not an array");
      if (!visit.enter(value)) return MISMATCH;
      const result = look(value, visit, raw);
      visit.leave();
      return result;
    },
    { kinds: kindsOfArray },
  );
}
