/** The options of a long test: numbers, each with a default. */
import { parseArgs } from "node:util";

/**
 * Reads `--name number` for each of the given names, and `--seed`, which is another one each time unless it is said.
 *
 * @throws Error for an option that is none of these, or no number.
 */
export function numbersFrom<Name extends string>(
  defaults: Readonly<Record<Name, number>>,
): Readonly<Record<Name | "seed", number>> {
  const all: Readonly<Record<string, number>> = { seed: Date.now() % 1_000_000, ...defaults };
  const { values } = parseArgs({
    options: Object.fromEntries(Object.keys(all).map((name) => [name, { type: "string" }])),
  });
  const numbers = Object.entries(all).map(([name, byDefault]) => {
    const number = Number(values[name] ?? byDefault);
    if (Number.isFinite(number) && number >= 0) return [name, number] as const;
    throw new Error(`--${name} has to be a number that is not negative.`);
  });
  return Object.fromEntries(numbers) as Record<Name | "seed", number>; // one entry for each name
}
