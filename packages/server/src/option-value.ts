/** The values of options, checked where they are taken. */
import { isObject } from "@concordat/core/internal";

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

/**
 * How long something may take that has no other option.
 *
 * @throws RangeError where that is no time, or there are others.
 */
export function windowOf(options: { readonly withinMs?: number }, defaultMs: number): number {
  checkNames({ withinMs: true }, options);
  return timeInMs("withinMs", options.withinMs ?? defaultMs);
}

/**
 * @param of What the options stand behind: `sunset.`.
 * @throws RangeError for an option that there is not: misspelt, it would be ignored. So would what has no options at all.
 */
export function checkNames(names: Readonly<Record<string, true>>, options: unknown, of = ""): void {
  const known = Object.keys(names);
  if (!isTable(options)) {
    const whose = of === "" ? "Options are" : `"${of.slice(0, -1)}" is`;
    throw new RangeError(`${whose} an object of ${known.join(", ")}, not ${shown(options)}.`);
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name));
  if (unknown === undefined) return;
  throw new RangeError(
    `There is no option ${shown(of + unknown)}; there are ${known.map((name) => of + name).join(", ")}.`,
  );
}

/** @throws RangeError for what has no members with names of their own: it would be empty without a word. */
export function checkTable(option: string, value: unknown): void {
  if (isTable(value)) return;
  throw new RangeError(
    `"${option}" is an object with a member for each name, not ${shown(value)}.`,
  );
}

/** @throws RangeError for what is no list. */
export function checkList(option: string, value: unknown): void {
  if (Array.isArray(value)) return;
  throw new RangeError(`"${option}" is a list, not ${shown(value)}.`);
}

/** @throws RangeError for what is no function, where something is given. */
export function checkFunction(option: string, value: unknown): void {
  if (value === undefined || typeof value === "function") return;
  throw new RangeError(`"${option}" takes a function, not ${shown(value)}.`);
}

/** @throws RangeError for what is no function, which a function of this library was given as its own. */
export function needFunction(by: string, value: unknown): void {
  if (typeof value === "function") return;
  throw new RangeError(`${by}(…) takes a function, not ${shown(value)}.`);
}

/** @throws RangeError for what is no text, where something is given. */
export function checkText(option: string, value: unknown): void {
  if (value === undefined || typeof value === "string") return;
  throw new RangeError(`"${option}" is a text, not ${shown(value)}.`);
}

/** Whether something has members by name, which a Map has not. */
function isTable(value: unknown): value is object {
  return isObject(value) && !(Symbol.iterator in value);
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
  if (typeof value === "string") return JSON.stringify(value);
  try {
    return String(value);
  } catch {
    return "an object that has no text";
  }
}
