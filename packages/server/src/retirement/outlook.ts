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
