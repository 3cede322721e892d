/** Who may ask a server what it speaks, and what is answered. */
import type { Peer } from "@concordat/core";
import {
  type Hello,
  inspectCapability,
  type InspectedContract,
  type Inspection,
  mostInspected,
  present,
  type Refusal,
  refusal,
  type ServedContract,
} from "@concordat/core/internal";

import type { Log } from "./log.ts";
import { disown } from "../thenable.ts";

/**
 * Who is told what this server speaks: contracts, releases with their fingerprints, floors and notices.
 *
 * `"off"`: nobody. `"on"`: everybody whom `authenticate` lets in. A function is asked for each: `true` for all
 * contracts, or the names of those that this caller may know of.
 */
export type InspectPolicy = "off" | "on" | ((peer: Peer) => boolean | readonly string[]);

/** Whether a hello asks for an inspection. It offers nothing, so nothing can be called on its connection. */
export function asksForInspection({ contracts, capabilities }: Hello): boolean {
  return contracts.length === 0 && capabilities.includes(inspectCapability);
}

/** What a caller is told; `undefined` where it may not ask. A function that throws has not said yes. */
export function inspectionFor(
  peer: Peer,
  policy: InspectPolicy,
  served: ReadonlyMap<string, ServedContract>,
  log: Log,
): Inspection | undefined {
  try {
    const answer = typeof policy === "function" ? checkedAnswer(policy(peer)) : policy === "on";
    if (answer === false) return undefined;
    const isShown = (name: string): boolean => answer === true || answer.includes(name);
    return { contracts: [...served.values()].filter(({ name }) => isShown(name)).map(inspected) };
  } catch (error) {
    log({ level: "error", event: "inspection-failed", cause: error });
    return undefined;
  }
}

/** JavaScript lets it answer anything. A promise is no yes, and its rejection, which nobody hears, would end the process. */
function checkedAnswer(answer: boolean | readonly string[]): boolean | readonly string[] {
  if (typeof answer === "boolean" || Array.isArray(answer)) return answer;
  disown(answer);
  throw new TypeError('The function under "inspect" answers true, false or a list, and at once.');
}

/** Said to those who may not ask. */
export function inspectionRefusal(): Refusal {
  const message = 'The option "inspect" of this server does not let you ask.';
  return refusal("forbidden", { message });
}

function inspected(contract: ServedContract): InspectedContract {
  const { name, floor, releases, retired = false, upgradeUrl, farewell } = contract;
  const newest = releases.at(-1)?.release;
  return {
    name,
    ...present({ floor, newest, upgradeUrl, farewell }),
    isRetired: retired,
    releases: releases.slice(-mostInspected).map(({ release, fingerprint, outlook }) => ({
      fingerprint,
      ...present({ release, notice: outlook }),
    })),
  };
}
