/** How one server stands to one contract at this moment: from which release on it serves it, or that it is withdrawn. */
import type { Deprecation } from "@concordat/core";
import { compareReleaseNumbers, present, type ServedContract } from "@concordat/core/internal";

import type { Service } from "../service/service.ts";
import { type Sunset, sunsetsOf } from "./sunset.ts";

/** Changes while the server runs: by the calendar, and by the operator, whose word holds until the next sunset. */
export class Standing {
  readonly #service: Service;
  readonly #sunsets: Sunset[];
  #served: ServedContract;

  /** @throws Error where the newest release had its sunset already, and nothing follows it. */
  constructor(service: Service, now: number) {
    const { name, served, retirement } = service;
    this.#service = service;
    this.#served = served;
    this.#sunsets = [...sunsetsOf(served, retirement)];
    const isRetired = retirement !== undefined && retirement.sunset === undefined;
    if (isRetired) this.retire(retirement);
    const dead = this.pass(now).find((sunset) => isWithoutSuccessor(sunset));
    if (dead === undefined || this.#served.retired === true) return;
    throw new Error(
      `${name} cannot be served: its newest release ${dead.release} had its sunset, and no newer one follows it. ` +
        'Make a release, move the date, or withdraw the contract with "retirement".',
    );
  }

  /** What negotiation needs to know. */
  get served(): ServedContract {
    return this.#served;
  }

  /** The next sunset, or `undefined`. */
  get next(): Sunset | undefined {
    return this.#sunsets[0];
  }

  /** All sunsets that have not come yet, soonest first. */
  get coming(): readonly Sunset[] {
    return this.#sunsets;
  }

  /** What is said of the release that a sunset ends. */
  noticeOf({ release }: Sunset): Deprecation | undefined {
    if (release === undefined) return this.#service.retirement;
    return this.#served.releases.find((each) => each.release === release)?.notice;
  }

  /** Lets the sunsets come that are due. Returns those. */
  pass(now: number): readonly Sunset[] {
    const later = this.#sunsets.findIndex(({ at }) => at > now);
    const due = this.#sunsets.splice(0, later < 0 ? this.#sunsets.length : later);
    for (const { release, floor } of due) {
      if (release === undefined) this.retire(this.#service.retirement ?? {});
      else if (floor !== undefined && this.#isBelow(floor)) this.#setFloor(floor);
    }
    return due;
  }

  /**
   * Moves the floor, up or down. A contract that was withdrawn is served again.
   *
   * @throws Error where the release cannot be the floor.
   */
  setFloor(release: string, farewell?: Deprecation): void {
    const problem = this.#service.floorProblem(release);
    if (problem !== undefined)
      throw new Error(`The floor of ${this.#service.name} stays where it is: ${problem}.`);
    this.#setFloor(release, farewell);
  }

  /** Withdraws the whole contract. */
  retire(farewell: Deprecation): void {
    this.#served = { ...this.#served, retired: true, farewell };
  }

  /** A contract that was withdrawn has no floor that a sunset could raise. */
  #isBelow(floor: string): boolean {
    const { floor: own, retired } = this.#served;
    if (retired === true) return false;
    return own === undefined || compareReleaseNumbers(floor, own) > 0;
  }

  /** Who is below a floor that was raised has to go, also who uses nothing that broke. */
  #setFloor(floor: string, farewell?: Deprecation): void {
    const { farewell: _before, retired: _was, reaches: _unbroken, ...rest } = this.#served;
    const { floor: own, reaches } = this.#service.served;
    const isRaised = own === undefined || compareReleaseNumbers(floor, own) > 0;
    this.#served = {
      ...rest,
      floor,
      ...present({ farewell, reaches: isRaised ? undefined : reaches }),
    };
  }
}

/** Whether a sunset would leave nothing to serve. */
export function isWithoutSuccessor({ release, floor }: Sunset): boolean {
  return release !== undefined && floor === undefined;
}
