/** Connections that are asked to leave one by one, and closed where they do not. */
import type { Clock, CloseName } from "@concordat/core/internal";

import type { Random } from "../random.ts";

/** As much of a connection as a drain needs. */
export interface Leaver {
  readonly callsOpen: number;
  /** Takes no new calls any more, and says so. */
  goaway(withinMs: number): void;
  close(name: CloseName, values: Readonly<Record<string, string | number>>): void;
}

/** How a drain goes. */
export interface DrainOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** When the last connection is closed, whatever runs on it, in milliseconds from now. */
  readonly withinMs: number;
  /** Over how long the goaways are spread: a client dials again when it reads its own. 0 for all of them at once. */
  readonly spreadMs: number;
  /** What those are closed with that do not leave by themselves. Its action should be `spread`. */
  readonly closeName: CloseName;
  /** Whether clients are expected back that were lost while their calls ran. Default: none is. */
  readonly isExpecting?: () => boolean;
}

/**
 * How long one without calls may stay: a client that listens to notifications leaves once another connection has
 * welcomed it, which it makes within five seconds. Others leave within a round trip, or never.
 */
const lingerMs = 10_000;
/** And this part of the window at most. */
const lingerPart = 0.25;
/** How often those that are leaving are looked at. */
const lookEveryMs = 50;
/** Calls that are still open are cut in this last part of the window, not all in one moment. */
const cutPart = 0.1;

/** One connection on its way out. */
interface Departure {
  readonly leaver: Leaver;
  readonly askAt: number;
  readonly cutAt: number;
  askedAt: number | undefined;
}

/** Asks each of some connections to leave at a moment of its own. Those without calls go first. */
export class Drain {
  readonly #options: DrainOptions;
  readonly #lingerMs: number;
  readonly #endsAt: number;
  readonly #departures = new Map<Leaver, Departure>();
  #settle: () => void = nothing;
  #callOff: () => void = nothing;

  constructor(leavers: Iterable<Leaver>, options: DrainOptions) {
    this.#options = options;
    this.#endsAt = options.clock.now() + options.withinMs;
    this.#lingerMs = Math.min(lingerMs, options.withinMs * lingerPart);
    for (const departure of this.#plan([...leavers]))
      this.#departures.set(departure.leaver, departure);
  }

  /** Begins. Settles when all of them have ended, and nobody is expected back, or the window is over. */
  run(): Promise<void> {
    return new Promise((settle) => {
      this.#settle = settle;
      this.#look();
    });
  }

  /** Ends it now, and asks and closes nobody any more. */
  stop(): void {
    this.#callOff();
    this.#settle();
  }

  /** One has come back to its calls: it is asked at once. */
  add(leaver: Leaver): void {
    const askAt = this.#options.clock.now();
    this.#departures.set(leaver, { leaver, askAt, cutAt: this.#endsAt, askedAt: undefined });
    this.#look();
  }

  /** A connection has ended, by this or by itself; one that is not among them is nobody's concern. */
  ended(leaver: Leaver): void {
    if (!this.#departures.delete(leaver) || this.#departures.size > 0) return;
    this.#goOn(this.#options.clock.now());
  }

  #plan(leavers: readonly Leaver[]): readonly Departure[] {
    const { clock, random, withinMs, spreadMs } = this.#options;
    const now = clock.now();
    const cutMs = Math.min(spreadMs, withinMs * cutPart);
    return inOrder(leavers, random).map((leaver, index, { length }) => {
      // Each has its own part of the time, and a random moment in it; the first one goes at once.
      const part = Math.max(0, index - random()) / length;
      const left = 1 - (index + 1) / length;
      return {
        leaver,
        askAt: now + spreadMs * part,
        cutAt: now + withinMs - cutMs * left,
        askedAt: undefined,
      };
    });
  }

  #look(): void {
    const { clock } = this.#options;
    const now = clock.now();
    for (const departure of this.#departures.values()) this.#move(departure, now);
    this.#goOn(now);
  }

  #goOn(now: number): void {
    const { clock, isExpecting } = this.#options;
    let next = isExpecting?.() === true && now < this.#endsAt ? now + lookEveryMs : Infinity;
    for (const departure of this.#departures.values())
      next = Math.min(next, this.#lookAt(departure, now));
    this.#callOff();
    if (next === Infinity) this.#settle();
    else this.#callOff = clock.wakeAt(Math.min(next, this.#endsAt), () => this.#look());
  }

  #move(departure: Departure, now: number): void {
    const { leaver, askAt, cutAt } = departure;
    if (now < askAt) return;
    if (departure.askedAt === undefined) {
      departure.askedAt = now;
      leaver.goaway(Math.max(0, cutAt - now));
    }
    const mayStay = leaver.callsOpen > 0 || now < departure.askedAt + this.#lingerMs;
    if (mayStay && now < cutAt) return;
    leaver.close(this.#options.closeName, { spread: this.#options.withinMs });
  }

  #lookAt({ askAt, askedAt, cutAt }: Departure, now: number): number {
    if (askedAt === undefined) return askAt;
    return Math.min(cutAt, Math.max(askedAt + this.#lingerMs, now + lookEveryMs));
  }
}

/** Shuffled, so that no client is always the last; whoever has no calls comes first, and leaves the others more time. */
function inOrder(leavers: readonly Leaver[], random: Random): readonly Leaver[] {
  return leavers
    .map((leaver) => ({ leaver, rank: random() + (leaver.callsOpen > 0 ? 1 : 0) }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ leaver }) => leaver);
}

function nothing(): void {
  // Replaced before it is of use.
}
