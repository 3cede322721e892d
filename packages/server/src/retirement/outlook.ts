/** What is said of a release because of the day that ends it. */
import type { Deprecation } from "@concordat/core";

import { dayOf } from "../service/calendar.ts";
import type { Sunset } from "./sunset.ts";

/**
 * The notice of a release with that day.
 *
 * @param own What is said of the release itself. Its words come first, unless they were said for another day.
 * @param words What is said of the release, or the contract, whose day it is.
 */
export function withDay(
  own: Deprecation | undefined,
  { at }: Sunset,
  words: Deprecation | undefined,
): Deprecation {
  const sunset = dayOf(at);
  const isOfAnotherDay = own?.sunset !== undefined && own.sunset !== sunset;
  return isOfAnotherDay ? { ...words, sunset } : { ...words, ...own, sunset };
}

/** The notice of a release that no day ends: a floor that was moved by hand came before it, or went back behind it. */
export function withoutDay(own: Deprecation | undefined): Deprecation | undefined {
  if (own?.sunset === undefined) return own;
  const { sunset: _day, ...words } = own;
  return Object.keys(words).length === 0 ? undefined : words;
}
