/** What cannot be meant in a notice: said to the operator, because a client leaves it out without a word. */
import type { Deprecation } from "@concordat/core";
import { longestText, webUrl } from "@concordat/core/internal";

import { beginningOf } from "./calendar.ts";

/** @param whose What the notice is about, in the words of a sentence. */
export function* noticeProblems(whose: string, notice: Deprecation): Generator<string> {
  for (const name of ["deprecated", "sunset"] as const) {
    const day = notice[name];
    if (day !== undefined && beginningOf(day) === undefined)
      yield `"${name}" of ${whose} is ${JSON.stringify(day)}, which is no day such as 2027-01-31`;
  }
  for (const name of ["since", "successor", "message"] as const) {
    const length = notice[name]?.length ?? 0;
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
    yield `"${name}" of ${whose} is ${JSON.stringify(url)}, which no client shows; one is as https://app.example/new`;
}
