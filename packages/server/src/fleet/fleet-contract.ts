/** A contract beside the counts: what is served of it, and until when. */
import { present, type ServedContract } from "@concordat/core/internal";

import type { FleetContract } from "./fleet-snapshot.ts";

/** What a working tree is counted as. */
export const unreleased = "unreleased";

/** What a snapshot says of a contract. */
export function contractCount(contract: ServedContract): FleetContract {
  const { name, floor, releases, retired = false } = contract;
  const sunsets = releases.flatMap(({ release = unreleased, outlook }) =>
    outlook?.sunset === undefined ? [] : [[release, outlook.sunset] as const],
  );
  const newest = releases.at(-1)?.release;
  return {
    name,
    ...present({ floor, newest }),
    isRetired: retired,
    sunsets: Object.fromEntries(sunsets),
  };
}
