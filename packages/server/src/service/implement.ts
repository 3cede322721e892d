/** Pairs a contract with its handlers: nothing missing, nothing extra. */
import { ConcordatError, type Deprecation } from "@concordat/core";
import { isObject, type ServerContract } from "@concordat/core/internal";

import type { Adapter } from "../adapter/adapter.ts";
import { flattenHandlers } from "./handler-tree.ts";
import { checkList, checkNames, checkOneOf, checkTable, shown } from "../option-value.ts";
import { Service } from "./service.ts";

/** How a contract is implemented. */
export interface Implementation<Handlers> {
  /** The handlers of the newest release, nested as its procedures are. */
  readonly handlers: Handlers;
  /** Written adapters between neighbouring releases. They go before what was derived. Needed only where something breaks that no rule mends. */
  readonly adapters?: readonly Adapter[];
  /** The oldest release that is served. Default: the oldest of the history. */
  readonly floor?: string;
  /**
   * What becomes of clients below the floor that say which procedures they use. `unbroken` (default): they are served
   * while each of those is still answered. `refuse`: they are refused as all others are.
   */
  readonly belowFloor?: "unbroken" | "refuse";
  /**
   * Said to clients of these releases, with the first day that ends them: theirs, or that of a newer release or of the
   * contract. Default: only such a day, with what is said of it.
   *
   * A release with a `sunset` is served until that day begins in UTC. Then the floor rises above it by itself:
   * new clients of it and of older ones are refused, and connected ones are asked to leave.
   */
  readonly notices?: { readonly [release: string]: Deprecation };
  /**
   * Withdraws the whole contract, on its `sunset` or, without one, at once: its clients are refused with 4410.
   * Until then it is said to every client, beside what is said of its release. Default: it is not withdrawn.
   */
  readonly retirement?: Deprecation;
  /** Where users of a refused client find a newer one: an `https:` address. Default: nothing is said. */
  readonly upgradeUrl?: string;
}

/** All there are. A floor that is misspelt would be none. */
const names: { readonly [Name in keyof Required<Implementation<unknown>>]: true } = {
  handlers: true,
  adapters: true,
  floor: true,
  belowFloor: true,
  notices: true,
  retirement: true,
  upgradeUrl: true,
};

/**
 * Pairs a contract with its handlers.
 *
 * @param contract A generated server stub, or the contract's source.
 * @throws ConcordatError `invalid_argument` where the contract is neither. Error when a handler is missing or has no
 * procedure, when the floor is no release, or when between two served releases nobody said what becomes of a procedure
 * that changed: it names the pair and the procedures. RangeError for an option that there is not.
 */
export function implement<Handlers>(
  contract: ServerContract<Handlers>,
  implementation: Implementation<Handlers>,
): Service {
  checkContract(contract);
  checkNames(names, implementation);
  const { handlers, adapters = [], floor, notices = {}, retirement, upgradeUrl } = implementation;
  const { belowFloor = "unbroken" } = implementation;
  checkHandlers(contract.name, handlers);
  checkList("adapters", adapters);
  checkTable("notices", notices);
  checkOneOf("belowFloor", belowFloor, ["unbroken", "refuse"]);
  const procedures = Object.keys(contract.history.at(-1)?.procedures ?? {});
  return new Service({
    contract: contract.name,
    history: contract.history,
    handlers: flattenHandlers(handlers as object, procedures), // every type of handlers is an object of functions
    adapters,
    derived: contract.derived ?? [],
    floor,
    notices: new Map(Object.entries(notices)),
    retirement,
    upgradeUrl,
    belowFloor,
  });
}

function checkHandlers(contract: string, handlers: unknown): void {
  if (isObject(handlers)) return;
  throw new RangeError(
    `"handlers" of ${contract} is an object with a function for each procedure, not ${shown(handlers)}.`,
  );
}

/** Also said to callers that no compiler has looked at. */
function checkContract(given: unknown): void {
  if (isObject(given) && Array.isArray(given["history"])) return;
  const name = isObject(given) && typeof given["name"] === "string" ? given["name"] : "";
  const what = name === "" ? "no contract" : `${name} without its releases, as in a client stub`;
  const message =
    `implement(…) was given ${what}: ` +
    'give its generated server stub ("server.ts"), or the contract in source form.';
  throw new ConcordatError("invalid_argument", message);
}
