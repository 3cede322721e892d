/** What a server tells about itself to those who may ask: in the welcome of a hello that asks for nothing else. */
import type { Deprecation } from "../error/deprecation.ts";
import { present } from "../error/present.ts";
import { isObject, type JsonMessage, list, member, text, webUrl } from "./json-message.ts";
import { deprecationIn } from "./notice.ts";

/** The capability of a hello without contracts that asks for an {@link Inspection}, and of a welcome that has one. */
export const inspectCapability = "inspect";

/** The most releases of one contract that are told: the newest. */
export const mostInspected = 256;

/** One release that a server knows. */
export interface InspectedRelease {
  /** Absent for a working tree. */
  readonly release?: string;
  readonly fingerprint: string;
  readonly notice?: Deprecation;
}

/** One contract of a server. */
export interface InspectedContract {
  readonly name: string;
  readonly floor?: string;
  readonly newest?: string;
  /** Whether it was withdrawn. */
  readonly isRetired: boolean;
  readonly upgradeUrl?: string;
  /** What is said to those who are not served. */
  readonly farewell?: Deprecation;
  /** Oldest first, those below the floor among them. */
  readonly releases: readonly InspectedRelease[];
}

/** What a server speaks. */
export interface Inspection {
  readonly contracts: readonly InspectedContract[];
}

/** The inspection of a welcome, or `undefined` where it has none. */
export function inspectionIn(welcome: JsonMessage): Inspection | undefined {
  const value = member(welcome, inspectCapability);
  if (!isObject(value)) return undefined;
  return { contracts: list(value, "contracts").filter(isObject).map(inspectedContract) };
}

function inspectedContract(json: JsonMessage): InspectedContract {
  return {
    name: text(json, "name", 64) ?? "",
    ...present({
      floor: text(json, "floor", 64),
      newest: text(json, "newest", 64),
      upgradeUrl: webUrl(text(json, "upgradeUrl")),
      farewell: deprecationIn(json, "farewell"),
    }),
    isRetired: member(json, "isRetired") === true,
    releases: list(json, "releases").filter(isObject).slice(-mostInspected).map(inspectedRelease),
  };
}

function inspectedRelease(json: JsonMessage): InspectedRelease {
  return {
    fingerprint: text(json, "fingerprint", 71) ?? "",
    ...present({ release: text(json, "release", 64), notice: deprecationIn(json, "notice") }),
  };
}
