/** Connections that are asked to leave one by one, and closed where they do not. */
import type { Clock, CloseName } from "@concordat/core/internal";

import type { Random } from "../random.ts";

/** As much of a connection as a drain needs. */
export interface Leaver {
  readonly callsOpen: number;
  /** How many notifications wait for its credit. */
  readonly untold: number;
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
 * How long one may stay without calls, and with all told that it is to be told: a client that listens to notifications leaves once another connection has
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
  /** As it was planned: in the order in which they are asked, and cut. */
  readonly #plan: readonly Departure[];
  /** How many of the plan were asked, and how many cut or found gone. */
  #asked = 0;
  #cut = 0;
  /** Those that are still here, and those of them that were asked. */
  readonly #departures = new Map<Leaver, Departure>();
  readonly #leaving = new Set<Departure>();
  /** When to look at those that were asked: at all of them in one go, since a thousand connections have a moment each. */
  #lookAt = Infinity;
  #settle: () => void = nothing;
  #callOff: () => void = nothing;

  constructor(leavers: Iterable<Leaver>, options: DrainOptions) {
    this.#options = options;
    this.#endsAt = options.clock.now() + options.withinMs;
    this.#lingerMs = Math.min(lingerMs, options.withinMs * lingerPart);
    this.#plan = this.#planFor([...leavers]);
    for (const departure of this.#plan) this.#departures.set(departure.leaver, departure);
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
    const now = this.#options.clock.now();
    const departure = { leaver, askAt: now, cutAt: this.#endsAt, askedAt: undefined };
    this.#forget(leaver);
    this.#departures.set(leaver, departure);
    this.#ask(departure, now);
    this.#goOn(now);
  }

  /** A connection has ended, by this or by itself; one that is not among them is nobody's concern. */
  ended(leaver: Leaver): void {
    if (!this.#forget(leaver) || this.#departures.size > 0) return;
    this.#goOn(this.#options.clock.now());
  }

  #forget(leaver: Leaver): boolean {
    const departure = this.#departures.get(leaver);
    if (departure === undefined) return false;
    this.#leaving.delete(departure);
    return this.#departures.delete(leaver);
  }

  #planFor(leavers: readonly Leaver[]): readonly Departure[] {
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
    const now = this.#options.clock.now();
    for (let next = this.#nextToAsk(); next !== undefined && next.askAt <= now;) {
      this.#ask(next, now);
      next = this.#nextToAsk();
    }
    for (let next = this.#nextToCut(); next !== undefined && next.cutAt <= now;) {
      this.#cut += 1;
      this.#close(next);
      next = this.#nextToCut();
    }
    if (now >= Math.min(this.#lookAt, this.#endsAt)) {
      this.#lookAt = Infinity;
      for (const departure of this.#leaving) this.#move(departure, now);
    }
    this.#goOn(now);
  }

  #goOn(now: number): void {
    const { clock, isExpecting } = this.#options;
    this.#callOff();
    const isAlone = this.#departures.size === 0;
    if (isAlone && !(now < this.#endsAt && isExpecting?.() === true)) return this.#settle();
    const next = Math.min(
      isAlone ? now + lookEveryMs : this.#lookAt,
      this.#nextToAsk()?.askAt ?? Infinity,
      this.#nextToCut()?.cutAt ?? Infinity,
      this.#endsAt,
    );
    this.#callOff = clock.wakeAt(next, () => this.#look());
    return undefined;
  }

  /** The first of the plan that is still here and was not asked. */
  #nextToAsk(): Departure | undefined {
    while (this.#isGone(this.#plan[this.#asked])) this.#asked += 1;
    return this.#plan[this.#asked];
  }

  /** The first of the plan that is still here. */
  #nextToCut(): Departure | undefined {
    while (this.#isGone(this.#plan[this.#cut])) this.#cut += 1;
    return this.#plan[this.#cut];
  }

  #isGone(departure: Departure | undefined): boolean {
    return departure !== undefined && this.#departures.get(departure.leaver) !== departure;
  }

  #ask(departure: Departure, now: number): void {
    if (departure === this.#plan[this.#asked]) this.#asked += 1;
    departure.askedAt = now;
    this.#leaving.add(departure);
    departure.leaver.goaway(Math.max(0, departure.cutAt - now));
    this.#move(departure, now);
  }

  /** Closes one that was asked, where it has no reason to stay; otherwise it is looked at again. */
  #move(departure: Departure, now: number): void {
    const { leaver, cutAt, askedAt = now } = departure;
    if (!this.#leaving.has(departure)) return; // it has left when it was asked
    const lingersUntil = askedAt + this.#lingerMs;
    const isDone = leaver.callsOpen === 0 && leaver.untold === 0;
    if (now >= cutAt || (now >= lingersUntil && isDone)) return this.#close(departure);
    this.#lookAt = Math.min(this.#lookAt, Math.max(lingersUntil, now + lookEveryMs));
  }

  #close({ leaver }: Departure): void {
    leaver.close(this.#options.closeName, { spread: this.#options.withinMs });
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
