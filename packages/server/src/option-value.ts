/** The values of options, checked where they are taken. */

/**
 * A time that ends.
 *
 * @throws RangeError where it is none.
 */
export function timeInMs(option: string, value: number): number {
  if (typeof value === "number" && value >= 0 && value < Infinity) return value;
  throw new RangeError(`"${option}" is a time in milliseconds, not ${shown(value)}.`);
}

/**
 * A number that is `least` at least.
 *
 * @throws RangeError where it is none.
 */
export function numberFrom(least: number, option: string, value: number): number {
  if (typeof value === "number" && value >= least && value < Infinity) return value;
  throw new RangeError(`"${option}" is a number from ${least} on, not ${shown(value)}.`);
}

/**
 * The path of a request, as it is compared with.
 *
 * @throws RangeError for one that no request has.
 */
export function requestPath(option: string, value: string): string {
  if (typeof value === "string" && /^\/[^?#]*$/.test(value)) return value;
  throw new RangeError(
    `"${option}" is a path that begins with "/" and has no query, not ${shown(value)}.`,
  );
}

/** @throws RangeError for an option that there is not: misspelt, it would be ignored. */
export function checkNames(names: Readonly<Record<string, true>>, options: object): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name));
  if (unknown === undefined) return;
  const known = Object.keys(names).join(", ");
  throw new RangeError(`There is no option ${shown(unknown)}; there are ${known}.`);
}

/** @throws RangeError for a value that is none of those that there are. */
export function checkOneOf(
  option: string,
  value: string,
  values: readonly string[],
  more = "",
): void {
  if (values.includes(value)) return;
  const listed = values.map(shown).join(" or ");
  throw new RangeError(`"${option}" is ${listed}${more}, not ${shown(value)}.`);
}

/** Anything can be given in JavaScript. */
export function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
