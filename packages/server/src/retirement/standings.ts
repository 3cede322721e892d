/** How one server stands to all of its contracts, and what the calendar has in store for them. */
import type { Deprecation } from "@concordat/core";
import type { ServedContract } from "@concordat/core/internal";

import type { Log } from "../log/log.ts";
import { shown } from "../option-value.ts";
import { noticeProblems } from "../service/notice-problems.ts";
import type { Service } from "../service/service.ts";
import { isWithoutSuccessor, Standing } from "./standing.ts";
import { ends, type Sunset } from "./sunset.ts";

/** A sunset with the contract that it is about. */
export interface ComingSunset {
  readonly contract: string;
  readonly sunset: Sunset;
}

/** Made by `createServer`. */
export class Standings {
  readonly #standings: ReadonlyMap<string, Standing>;
  readonly #withdrawn: readonly ServedContract[];
  readonly #log: Log;
  #served: ReadonlyMap<string, ServedContract> | undefined;

  /**
   * @param withdrawn Contracts without code here, with what is said to those who ask for them.
   * @throws Error where a contract is served and withdrawn, its newest release had its sunset, or what is said of one that
   * was withdrawn cannot be.
   */
  constructor(
    services: ReadonlyMap<string, Service>,
    withdrawn: { readonly [contract: string]: Deprecation },
    log: Log,
    now: number,
  ) {
    this.#log = log;
    this.#withdrawn = Object.entries(withdrawn).map(([name, farewell]) => {
      if (services.has(name))
        throw new Error(
          `The contract ${name} is implemented, and named under "withdrawn" as well.`,
        );
      for (const problem of noticeProblems(name, farewell)) throw new Error(`${problem}.`);
      return { name, releases: [], floor: undefined, retired: true, farewell };
    });
    this.#standings = new Map(
      [...services].map(([name, service]) => [name, new Standing(service, now)]),
    );
  }

  /** What negotiation needs to know of every contract, at this moment. */
  served(now: number): ReadonlyMap<string, ServedContract> {
    this.pass(now);
    this.#served ??= new Map([
      ...this.#withdrawn.map((contract) => [contract.name, contract] as const),
      ...[...this.#standings].map(([name, { served }]) => [name, served] as const),
    ]);
    return this.#served;
  }

  /** Lets the sunsets come that are due. Says whether there were any. */
  pass(now: number): boolean {
    let hasPassed = false;
    for (const [contract, standing] of this.#standings) {
      if ((standing.next?.at ?? Infinity) > now) continue;
      for (const sunset of standing.pass(now)) this.#report(contract, sunset, standing.served);
      hasPassed = true;
    }
    if (hasPassed) this.#served = undefined;
    return hasPassed;
  }

  /** The sunsets that have not come yet, of all contracts. */
  coming(): readonly ComingSunset[] {
    return [...this.#standings].flatMap(([contract, standing]) =>
      standing.coming.map((sunset) => ({ contract, sunset })),
    );
  }

  /** What is said to those who speak a release, where it is this sunset that ends it; `undefined` where it is none, or another. */
  outlook(
    { contract, sunset }: ComingSunset,
    release: string | undefined,
  ): Deprecation | undefined {
    if (!ends(sunset, release)) return undefined; // most are asked in vain, and there may be hundreds of days
    const standing = this.#standings.get(contract);
    return standing?.endOf(release) === sunset ? standing.outlookOf(release) : undefined;
  }

  /** @throws Error for a contract that is not served here, and for a release that cannot be its floor. */
  setFloor(contract: string, release: string, farewell: Deprecation | undefined): void {
    this.#find(contract).setFloor(release, farewell);
    this.#changed(contract, `its floor is ${release} from now on, by the operator`);
  }

  /** @throws Error for a contract that is not served here. */
  retire(contract: string, farewell: Deprecation): void {
    this.#find(contract).retire(farewell);
    this.#changed(contract, "it is withdrawn from now on, by the operator");
  }

  #find(contract: string): Standing {
    const standing = this.#standings.get(contract);
    if (standing !== undefined) return standing;
    const known = [...this.#standings.keys()].join(", ");
    throw new Error(`This server has no contract ${shown(contract)}; it has ${known}.`);
  }

  #changed(contract: string, what: string): void {
    this.#served = undefined;
    this.#log({ level: "info", event: "floor-changed", message: `${contract}: ${what}.` });
  }

  #report(contract: string, sunset: Sunset, { retired = false }: ServedContract): void {
    const { release, floor } = sunset;
    if (isWithoutSuccessor(sunset)) {
      if (retired) return; // it ends with the contract: nobody has forgotten anything
      const message = `${contract} ${release} had its sunset, and no newer release takes its place: it is served on.`;
      return this.#log({ level: "error", event: "sunset-without-successor", message });
    }
    const what =
      release === undefined
        ? "it had its sunset, and is withdrawn"
        : `${release} had its sunset; its floor is ${floor} or above`;
    return this.#log({ level: "info", event: "floor-changed", message: `${contract}: ${what}.` });
  }
}
