/** The numbers among a client's options. */
import { ConcordatError } from "@concordat/core";

/**
 * What was chosen, and the defaults of what was not. A wait of NaN would be none, and an attempt would follow the other.
 *
 * @param of What the names stand behind: `backoff.`.
 * @throws ConcordatError `invalid_argument` for what is no number from 0 on.
 */
export function numbersOf<Name extends string>(
  defaults: Readonly<Record<Name, number>>,
  chosen: { readonly [Each in NoInfer<Name>]?: number | undefined } | undefined,
  of = "",
): Record<Name, number> {
  const all: Record<Name, number> = { ...defaults };
  for (const name in all) {
    const value = chosen?.[name] ?? all[name];
    // A text would be added to a time as one.
    if (typeof value !== "number" || !(value >= 0)) {
      const message = `The option ${of}${name} is ${value}; give a number from 0 on.`;
      throw new ConcordatError("invalid_argument", message);
    }
    all[name] = value;
  }
  return all;
}
