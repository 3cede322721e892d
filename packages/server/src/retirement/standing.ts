/** How one server stands to one contract at this moment: from which release on it serves it, or that it is withdrawn. */
import type { Deprecation } from "@concordat/core";
import {
  compareReleaseNumbers,
  isBelowFloor,
  present,
  type ServedContract,
  type ServedRelease,
} from "@concordat/core/internal";

import type { Service } from "../service/service.ts";
import { withDay, withoutDay } from "./outlook.ts";
import { ends, type Sunset, sunsetsOf } from "./sunset.ts";

/** Changes while the server runs: by the calendar, and by the operator, whose word holds until the next sunset. */
export class Standing {
  readonly #service: Service;
  readonly #sunsets: Sunset[];
  readonly #passed: Sunset[] = [];
  /** Without what is said of its releases. */
  #bare: ServedContract;
  /** With that; `undefined` where it is worked out anew when somebody asks. */
  #served: ServedContract | undefined;

  /** @throws Error where the newest release had its sunset already, and nothing follows it. */
  constructor(service: Service, now: number) {
    const { name, served, retirement } = service;
    this.#service = service;
    this.#bare = served;
    this.#sunsets = [...sunsetsOf(served, retirement)];
    const isRetired = retirement !== undefined && retirement.sunset === undefined;
    if (isRetired) this.retire(retirement);
    const dead = this.pass(now).find((sunset) => isWithoutSuccessor(sunset));
    if (dead === undefined || this.#bare.retired === true) return;
    throw new Error(
      `${name} cannot be served: its newest release ${dead.release} had its sunset, and no newer one follows it. ` +
        'Make a release, move the date, or withdraw the contract with "retirement".',
    );
  }

  /** What negotiation needs to know. */
  get served(): ServedContract {
    this.#served ??= {
      ...this.#bare,
      releases: this.#bare.releases.map((each) => this.#announced(each)),
    };
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

  /** The first sunset to come that ends a release, or a working tree: that of a newer one, or of the contract, does. */
  endOf(release: string | undefined): Sunset | undefined {
    return this.#sunsets.find((sunset) => ends(sunset, release));
  }

  /** What is said to those who speak a release. */
  outlookOf(release: string | undefined): Deprecation | undefined {
    return this.served.releases.find((each) => each.release === release)?.outlook;
  }

  /** Lets the sunsets come that are due. Returns those. */
  pass(now: number): readonly Sunset[] {
    const later = this.#sunsets.findIndex(({ at }) => at > now);
    const due = this.#sunsets.splice(0, later < 0 ? this.#sunsets.length : later);
    for (const { release, floor } of due) {
      if (release === undefined) this.retire(this.#service.retirement ?? {});
      else if (floor !== undefined && this.#isBelow(floor)) this.#setFloor(floor);
      else if (floor !== undefined) this.#reachFrom(floor);
    }
    this.#passed.push(...due);
    if (due.length > 0) this.#served = undefined;
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
    this.#move({ ...this.#bare, retired: true, farewell });
  }

  /** A contract that was withdrawn has no floor that a sunset could raise. */
  #isBelow(floor: string): boolean {
    const { floor: own, retired } = this.#bare;
    if (retired === true) return false;
    return own === undefined || compareReleaseNumbers(floor, own) > 0;
  }

  /** Who is below a floor that was raised has to go, also who uses nothing that broke. */
  #setFloor(floor: string, farewell?: Deprecation): void {
    const { farewell: _before, retired: _was, reaches: _unbroken, ...rest } = this.#bare;
    const { floor: own, reaches } = this.#service.served;
    const isRaised = own === undefined || compareReleaseNumbers(floor, own) > 0;
    this.#move({
      ...rest,
      floor,
      ...present({ farewell, reaches: isRaised ? undefined : reaches }),
    });
  }

  /** Whoever is served below the floor is not served below this release: what it speaks had its sunset. */
  #reachFrom(oldest: string): void {
    const { reaches, ...rest } = this.#bare;
    if (reaches === undefined) return;
    this.#move({
      ...rest,
      reaches: (served, procedures) =>
        compareReleaseNumbers(served.release ?? oldest, oldest) >= 0 && reaches(served, procedures),
    });
  }

  #move(bare: ServedContract): void {
    this.#bare = bare;
    this.#served = undefined;
  }

  /** A release that says when it ends, or what ended it. A day of its own that is neither is not told. */
  #announced(each: ServedRelease): ServedRelease {
    const { release, notice: own } = each;
    const { floor, retired = false, reaches } = this.#bare;
    const isServed = !retired && !isBelowFloor(release, floor);
    // A day that left nothing to serve has ended none; nor has one that the operator went back behind.
    const hasEnded = (sunset: Sunset): boolean =>
      ends(sunset, release) && (retired || sunset.floor !== undefined);
    // Still said of its own release: the next start fails over it.
    const isOverdue = (sunset: Sunset): boolean =>
      sunset.release === release && isWithoutSuccessor(sunset);
    const passed = this.#passed.find(isServed ? isOverdue : hasEnded);
    const isSpoken = isServed || (reaches !== undefined && passed === undefined && !retired);
    const end = (isSpoken ? this.endOf(release) : undefined) ?? passed;
    return {
      ...each,
      ...present({ notice: this.#said(own, passed), outlook: this.#said(own, end) }),
    };
  }

  #said(own: Deprecation | undefined, day: Sunset | undefined): Deprecation | undefined {
    return day === undefined ? withoutDay(own) : withDay(own, day, this.#wordsOf(day));
  }

  /** What was said of the release, or of the contract, whose day it is. */
  #wordsOf({ release }: Sunset): Deprecation | undefined {
    if (release === undefined) return this.#service.retirement;
    return this.#service.served.releases.find((each) => each.release === release)?.notice;
  }
}

/** Whether a sunset would leave nothing to serve. */
export function isWithoutSuccessor({ release, floor }: Sunset): boolean {
  return release !== undefined && floor === undefined;
}
