/** Rules that a value may meet as it was sent, and not once a receiver has left out what it does not declare. */
import type { ArrayFacts, Facts, ObjectFacts } from "./facts.ts";

/** Whether a schema has such a rule. */
export function isFragile({ object, array, not, one, conditions }: Facts): boolean {
  return (
    countsProperties(object) ||
    comparesElements(array) ||
    not.length > 0 ||
    one.some((options) => options.length > 1) ||
    conditions.some(({ isDependency }) => isDependency !== true)
  );
}

/** Whether what is left out may be missed by number. Properties that are required and declared make up the number whatever is left out. */
export function countsProperties(object: ObjectFacts | undefined): boolean {
  return object !== undefined && object.min > object.required.size;
}

/** Whether what is left out of elements may matter to the array. */
export function comparesElements(array: ArrayFacts | undefined): boolean {
  return array !== undefined && (array.unique || array.contains !== undefined);
}
