/** A notice as headers of an HTTP answer that ordinary tools read. */
import type { Refusal } from "@concordat/core/internal";

import { beginningOf } from "../service/calendar.ts";

/**
 * `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and `Link` to where a person reads about the two, or finds a newer
 * program. Only what the notice says.
 */
export function noticeHeaders({
  notice = {},
  upgradeUrl,
}: Refusal): Readonly<Record<string, string>> {
  const deprecated = momentOf(notice.deprecated);
  const sunset = momentOf(notice.sunset);
  const links = [
    ...(deprecated === undefined ? [] : link(notice.url, "deprecation")),
    ...(sunset === undefined ? [] : link(notice.url, "sunset")),
    ...link(upgradeUrl, "successor-version"),
  ];
  return {
    ...(deprecated === undefined ? {} : { Deprecation: `@${deprecated / 1_000}` }),
    ...(sunset === undefined ? {} : { Sunset: new Date(sunset).toUTCString() }),
    ...(links.length === 0 ? {} : { Link: links.join(", ") }),
  };
}

function momentOf(day: string | undefined): number | undefined {
  return day === undefined ? undefined : beginningOf(day);
}

/** Only an address of the web, as `URL` writes it, without line breaks and angle brackets: those would be a header, or a link, of their own. */
function link(url: string | undefined, relation: string): readonly string[] {
  if (url === undefined || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return [];
  return [`<${new URL(url).href}>; rel="${relation}"`];
}
