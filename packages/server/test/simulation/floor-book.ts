/** Which releases were served when, and how clients of others were told so. */
import type { Clock } from "@concordat/core/internal";

import { type Release, releases } from "./releases.ts";

/** How long what a server said of a floor may be under way, in milliseconds. */
const underwayMs = 5_000;

/** What is known of one client. */
interface Page {
  readonly release: Release;
  /** Whether it was told that it has to be replaced, and was not started again. */
  isStale: boolean;
}

/** The books of all floors. */
export class FloorBook {
  readonly #clock: Clock;
  readonly #moves: { readonly at: number; readonly floor: Release }[] = [];
  readonly #pages = new Map<number, Page>();
  /** Clients that were told at some time. */
  readonly told = new Set<number>();
  readonly #seen: string[];

  /** @param seen Where violations go at the moment when they are seen. */
  constructor(clock: Clock, seen: string[]) {
    this.#clock = clock;
    this.#seen = seen;
    this.moved("1.0.0");
  }

  /** Whether a client speaks nothing that is served now, or was told so and waits for its program. */
  isOut(client: number): boolean {
    return this.isStale(client) || this.#isBelow(client, this.#moves.at(-1)?.floor);
  }

  /** Whether a client was told, and waits for its program. */
  isStale(client: number): boolean {
    return this.#pages.get(client)?.isStale === true;
  }

  joins(client: number, release: Release): void {
    this.#pages.set(client, { release, isStale: false });
  }

  /** All servers have another floor. */
  moved(floor: Release): void {
    this.#moves.push({ at: this.#clock.now(), floor });
  }

  dials(client: number): void {
    if (this.isStale(client)) this.#seen.push(`client ${client} dialled after it was told to move`);
  }

  /** The program has heard `upgradeRequired`. */
  hears(client: number): void {
    const page = this.#pages.get(client);
    if (page?.isStale === true) this.#seen.push(`client ${client} was told twice to move`);
    if (!this.#wasBelow(client)) this.#seen.push(`client ${client} was told to move and is served`);
    if (page !== undefined) page.isStale = true;
    this.told.add(client);
  }

  /** The program is started again, so to speak. */
  startsAgain(client: number): void {
    const page = this.#pages.get(client);
    if (page !== undefined) page.isStale = false;
  }

  #wasBelow(client: number): boolean {
    const from = this.#clock.now() - underwayMs;
    return this.#moves.some(
      ({ floor }, index) =>
        this.#isBelow(client, floor) && (this.#moves[index + 1]?.at ?? Infinity) >= from,
    );
  }

  #isBelow(client: number, floor: Release = "1.0.0"): boolean {
    const { release = "3.0.0" } = this.#pages.get(client) ?? {};
    return releases.indexOf(release) < releases.indexOf(floor);
  }
}
