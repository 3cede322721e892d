/** The days on which releases of one contract, or the contract itself, stop being served. */
import type { Deprecation } from "@concordat/core";
import { compareReleaseNumbers, type ServedContract } from "@concordat/core/internal";

import { beginningOf } from "../service/calendar.ts";

/** One such day. */
export interface Sunset {
  /** When it begins, in milliseconds since 1970. */
  readonly at: number;
  /** The release that is not served from then on; `undefined` for the whole contract. */
  readonly release: string | undefined;
  /** The oldest release that is served from then on; `undefined` where there is none. */
  readonly floor: string | undefined;
}

/** Whether a release does not outlive it: a floor takes all older ones with it. `undefined` for a working tree. */
export function ends({ release: last }: Sunset, release: string | undefined): boolean {
  if (last === undefined) return true;
  return release !== undefined && compareReleaseNumbers(release, last) <= 0;
}

/** All of them, soonest first. */
export function sunsetsOf(
  { releases }: ServedContract,
  retirement: Deprecation | undefined,
): readonly Sunset[] {
  const ofReleases = releases.flatMap(({ release, notice }, index) =>
    sunset(notice, release, releases[index + 1]?.release),
  );
  const ofContract = sunset(retirement, undefined, undefined);
  return [...ofReleases, ...ofContract].toSorted((one, other) => one.at - other.at);
}

function sunset(
  notice: Deprecation | undefined,
  release: string | undefined,
  floor: string | undefined,
): readonly Sunset[] {
  const at = notice?.sunset === undefined ? undefined : beginningOf(notice.sunset);
  return at === undefined ? [] : [{ at, release, floor }];
}
