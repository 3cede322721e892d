/** What cannot be meant in a notice: said to the operator, because a client leaves it out without a word. */
import type { Deprecation } from "@concordat/core";
import { isObject, longestText, webUrl } from "@concordat/core/internal";

import { shown } from "../option-value.ts";
import { beginningOf } from "./calendar.ts";

/** All that can be said. A sunset that is misspelt would never come, or at once. */
const names: { readonly [Name in keyof Required<Deprecation>]: true } = {
  since: true,
  deprecated: true,
  sunset: true,
  successor: true,
  message: true,
  url: true,
};

/** @param whose What the notice is about, in the words of a sentence. */
export function* noticeProblems(whose: string, notice: Deprecation): Generator<string> {
  const known = Object.keys(names).join(", ");
  const given: unknown = notice;
  if (!isObject(given)) {
    yield `what is said of ${whose} is an object of ${known}, not ${shown(given)}`;
    return;
  }
  for (const name of Object.keys(given))
    if (!Object.hasOwn(names, name))
      yield `nothing is said of ${whose} as "${name}", only ${known}`;
  for (const name of ["deprecated", "sunset"] as const) {
    const day = notice[name];
    if (day !== undefined && beginningOf(day) === undefined)
      yield `"${name}" of ${whose} is ${shown(day)}, which is no day such as 2027-01-31`;
  }
  const { deprecated = "", sunset = "" } = notice;
  const [begins = -Infinity, ends = Infinity] = [beginningOf(deprecated), beginningOf(sunset)];
  // RFC 9745 forbids it, and a year that was mistaken would send everybody away at once.
  if (ends < begins)
    yield `"sunset" of ${whose} is ${sunset}, which is before its "deprecated", ${deprecated}`;
  for (const name of ["since", "successor", "message"] as const) {
    const text: unknown = notice[name];
    if (text !== undefined && typeof text !== "string")
      yield `"${name}" of ${whose} is ${shown(text)}, which is no text`;
    const length = typeof text === "string" ? text.length : 0;
    if (length > longestText)
      yield `"${name}" of ${whose} has ${length} characters, and clients show none of a text over ${longestText}`;
  }
  yield* addressProblems("url", whose, notice.url);
}

/** The same of an address by itself. */
export function* addressProblems(
  name: string,
  whose: string,
  url: string | undefined,
): Generator<string> {
  if (url === undefined) return;
  if (webUrl(url) === undefined || url.length > longestText)
    yield `"${name}" of ${whose} is ${shown(url)}, which no client shows; one is as https://app.example/new`;
}
