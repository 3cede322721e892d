/** Lets releases die in public: who speaks one that is not served any more is told, and then asked to leave. */
import type { Deprecation, Notice } from "@concordat/core";
import {
  type Clock,
  present,
  type Refusal,
  rangeInWords,
  rangeOf,
  type ServedContract,
  wallTime,
} from "@concordat/core/internal";

import { Drain } from "../drain/drain.ts";
import { checkTable, timeInMs } from "../option-value.ts";
import type { Random } from "../random.ts";
import { dayOf } from "../service/calendar.ts";
import { noticeProblems } from "../service/notice-problems.ts";
import type { Speaker } from "./speaker.ts";
import { StaleClient } from "./stale-client.ts";
import type { ComingSunset, Standings } from "./standings.ts";

/** How connected clients are made to leave. */
export interface WindDownOptions {
  /** In how many milliseconds the last of them is gone. Default 600,000: ten minutes. */
  readonly withinMs?: number;
}

/** How a floor is moved, and what is said about it: the members of a notice. */
export interface FloorOptions extends WindDownOptions, Deprecation {}

/** What retirement needs. */
export interface RetirementParts {
  readonly standings: Standings;
  readonly clock: Clock;
  readonly random: Random;
  /** Everybody who is connected and was let in. */
  readonly speakers: ReadonlySet<Speaker>;
  /** How long before a sunset those who are still there are told once more. */
  readonly remindMs: number;
  /** In how long those who are still there after a sunset leave. */
  readonly withinMs: number;
}

/** The goaways are spread over this part of a window; the rest is for calls that still run. */
const askingPart = 0.9;

/** One who was told to leave. */
interface Leaving {
  readonly client: StaleClient;
  readonly drain: Drain;
  /** When the last of those is gone who were told with it. */
  readonly endsAt: number;
}

/** One server's retirement. */
export class Retirement {
  readonly #parts: RetirementParts;
  readonly #leaving = new Map<Speaker, Leaving>();
  readonly #reminded = new Set<ComingSunset["sunset"]>();
  #callOff: (() => void) | undefined;

  constructor(parts: RetirementParts) {
    this.#parts = parts;
  }

  /** What is served at this moment. */
  served(): ReadonlyMap<string, ServedContract> {
    return this.#parts.standings.served(wallTime(this.#parts.clock));
  }

  /** @throws Error where the contract, such a floor of it, or what is said of it cannot be. */
  setFloor(contract: string, release: string, options: FloorOptions): number {
    const { withinMs, ...said } = this.#checked(contract, options);
    const farewell = Object.keys(said).length === 0 ? undefined : said;
    this.#pass();
    this.#parts.standings.setFloor(contract, release, farewell);
    return this.#windDown(withinMs);
  }

  /** @throws Error where there is no such contract, or what is said of it cannot be. */
  retire(contract: string, options: FloorOptions): number {
    const { withinMs, ...farewell } = this.#checked(contract, options);
    this.#pass();
    this.#parts.standings.retire(contract, farewell);
    return this.#windDown(withinMs);
  }

  /** Somebody came. While nobody is there the calendar is looked at by those who come. */
  joined(speaker: Speaker): void {
    if (this.#callOff === undefined) this.#wait();
    if (this.#reminded.size === 0) return;
    // After its welcome: it may have been away, or asleep, when the others were told.
    this.#parts.clock.endOfTurn(() => this.#remindLate(speaker));
  }

  /** Somebody is gone. */
  left(speaker: Speaker): void {
    this.#forget(speaker);
    if (this.#parts.speakers.size === 0) this.stop();
  }

  /** Waits for nothing any more. */
  stop(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }

  /** A day that came while nobody was there is older than the operator's word, and must not undo it later. */
  #pass(): void {
    this.#parts.standings.pass(wallTime(this.#parts.clock));
  }

  #forget(speaker: Speaker): void {
    const leaving = this.#leaving.get(speaker);
    this.#leaving.delete(speaker);
    leaving?.drain.ended(leaving.client);
  }

  #checked(contract: string, options: FloorOptions): FloorOptions & { readonly withinMs: number } {
    checkTable("options", options);
    const { withinMs = this.#parts.withinMs, ...said } = options;
    for (const problem of noticeProblems(contract, said)) throw new Error(`${problem}.`);
    return { ...said, withinMs: timeInMs("withinMs", withinMs) };
  }

  #wait(): void {
    const { standings, clock, remindMs } = this.#parts;
    this.stop();
    const moments = standings
      .coming()
      .map(({ sunset }) => (this.#reminded.has(sunset) ? sunset.at : sunset.at - remindMs));
    if (moments.length === 0) return;
    const leftMs = Math.max(0, Math.min(...moments) - wallTime(clock));
    this.#callOff = clock.wakeAt(clock.now() + leftMs, () => this.#look());
  }

  #look(): void {
    const { standings, clock, remindMs, withinMs } = this.#parts;
    const now = wallTime(clock); // a sunset is a day of the calendar
    standings.pass(now);
    this.#windDown(withinMs); // also where somebody who came has let the sunset pass
    for (const coming of standings.coming()) {
      if (this.#reminded.has(coming.sunset) || now < coming.sunset.at - remindMs) continue;
      this.#reminded.add(coming.sunset);
      for (const speaker of this.#parts.speakers) this.#remind(speaker, coming, now);
    }
    this.#wait();
  }

  #remindLate(speaker: Speaker): void {
    const { standings, clock } = this.#parts;
    for (const coming of standings.coming())
      if (this.#reminded.has(coming.sunset)) this.#remind(speaker, coming, wallTime(clock));
  }

  #remind(speaker: Speaker, coming: ComingSunset, now: number): void {
    const { agreed } = speaker;
    const { contract, sunset } = coming;
    if (agreed?.speaks(contract) !== true || this.#leaving.has(speaker)) return;
    const release = agreed.releaseOf(contract);
    const outlook = this.#parts.standings.outlook(coming, release);
    if (outlook === undefined) return;
    const what = sunset.release === undefined ? contract : named(contract, release);
    // The next one may have its own day soon.
    const successor = sunset.floor && this.served().get(contract)?.releases.at(-1)?.release;
    speaker.notice({
      message: `${what} is served until ${dayOf(sunset.at)}.`,
      ...present({ successor }),
      ...outlook,
      ...present({ contract, release }),
      withinMs: sunset.at - now,
    });
  }

  /**
   * Tells those who may not stay, and asks them to leave one by one. Returns how many they are. Who was told before stays
   * with that, unless there is less time now; or may stay after all, and is told so.
   */
  #windDown(withinMs: number): number {
    const { clock, random, speakers } = this.#parts;
    const endsAt = clock.now() + withinMs;
    const clients: StaleClient[] = [];
    for (const speaker of speakers) {
      const loss = speaker.loss();
      const leaving = this.#leaving.get(speaker);
      if (leaving !== undefined && loss === undefined) this.#pardon(leaving.client);
      if (loss === undefined || (leaving?.endsAt ?? Infinity) <= endsAt) continue;
      this.#forget(speaker);
      speaker.notice(this.#warning(loss.refusal, speaker, withinMs));
      clients.push(new StaleClient(speaker, loss.refusal.contract ?? ""));
    }
    if (clients.length === 0) return 0;
    const spreadMs = withinMs * askingPart;
    const drain = new Drain(clients, { clock, random, withinMs, spreadMs, closeName: "rebalance" });
    for (const client of clients) this.#leaving.set(client.speaker, { client, drain, endsAt });
    void drain.run();
    return clients.length;
  }

  /** A program that shows when it will be cut off would show that for ever. */
  #pardon({ speaker, contract }: StaleClient): void {
    this.#forget(speaker);
    const release = speaker.agreed?.releaseOf(contract);
    const spoken = this.served()
      .get(contract)
      ?.releases.find((each) => each.release === release);
    const { outlook } = spoken ?? {};
    const until = outlook?.sunset === undefined ? "" : `, until ${outlook.sunset}`;
    const message = `${named(contract, release)} is served again${until}.`;
    speaker.notice({ ...outlook, message, ...present({ contract, release }) });
  }

  #warning(refusal: Refusal, speaker: Speaker, withinMs: number): Notice {
    const { contract = "", closeName, notice, supported } = refusal;
    const served = this.served().get(contract);
    const release = speaker.agreed?.releaseOf(contract);
    const range = served === undefined ? "" : `; ${rangeInWords(rangeOf(served))} is served`;
    const isWithdrawn = closeName === "contract-retired";
    const message = `${named(contract, release)} is not served any more${range}.`;
    return {
      message: isWithdrawn ? refusal.message : message,
      ...present({
        successor: isWithdrawn ? undefined : supported?.newest,
        url: served?.upgradeUrl,
      }),
      ...notice,
      ...present({ contract, release }),
      withinMs,
    };
  }
}

/** A contract, or one release of it, in a sentence. */
function named(contract: string, release: string | undefined): string {
  return release === undefined ? contract : `${contract} ${release}`;
}
