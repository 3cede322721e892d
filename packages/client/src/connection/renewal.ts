/** Sends fresh credentials on a connection before the old ones end. */
import { type Clock, WakeUp } from "@concordat/core/internal";
import type { Random } from "./random.ts";
import type { Credentials } from "./credentials.ts";

/** What a renewal needs. */
export interface RenewalOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly credentials: Credentials;
  /** How long the application's function may take. */
  readonly timeoutMs: number;
}

/** Asked for when this part of their time is over; by a random bit later, so that not all clients ask at once. */
const askAfterPart = 0.6;
const askWithinPart = 0.25;
/** The timers of a page in the background come once a minute: so long before the end, where that leaves a tenth to chance. */
const throttledMs = 75_000;
const leastPart = 0.1;
/** Not more often than this, whatever the server says. */
const leastMs = 1_000;

/** The renewals of one connection. */
export class Renewal {
  readonly #options: RenewalOptions;
  readonly #send: (credentials: unknown) => void;
  readonly #wakeUp: WakeUp;
  #endsAt = Infinity;
  #askedAt = -Infinity;
  /** The attempt under way; what an earlier one brings is dropped. */
  #attempt = 0;

  /** @param send Sends credentials. What it throws counts as an attempt that failed. */
  constructor(options: RenewalOptions, send: (credentials: unknown) => void) {
    this.#options = options;
    this.#send = send;
    this.#wakeUp = new WakeUp(options.clock);
  }

  /** The server says how long the credentials are good for; 0 or nothing for as long as the connection lasts. */
  expiresIn(ms: number | undefined): void {
    const { clock, credentials, random } = this.#options;
    this.#wakeUp.clear();
    this.#endsAt = credentials.staleFrom = Infinity;
    if (ms === undefined || ms === 0 || !credentials.canChange) return;
    const now = clock.now();
    this.#endsAt = now + ms;
    const sparePart = 1 - askAfterPart - throttledMs / ms;
    const withinPart = sparePart < leastPart ? askWithinPart : Math.min(askWithinPart, sparePart);
    credentials.staleFrom = now + ms * (askAfterPart + random() * withinPart);
    this.#askAt(credentials.staleFrom);
  }

  /** Renews now: the application has other credentials. */
  now(): void {
    void this.#ask();
  }

  /** The connection is over. */
  stop(): void {
    this.#attempt += 1;
    this.#wakeUp.clear();
  }

  #askAt(at: number): void {
    this.#wakeUp.set(Math.max(at, this.#askedAt + leastMs), () => void this.#ask());
  }

  async #ask(): Promise<void> {
    const { clock, credentials, timeoutMs } = this.#options;
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#askedAt = clock.now();
    // A function that never answers is asked again, as one that throws is; the server's answer calls this off.
    this.#wakeUp.set(clock.now() + timeoutMs, () => this.#again());
    credentials.distrust();
    try {
      const fresh = await credentials.supply();
      if (attempt === this.#attempt) this.#send(fresh);
    } catch {
      // The connection is still good. Where this goes on, its end asks again, and tells the calls why it failed.
      if (attempt === this.#attempt) this.#again();
    }
  }

  /** Once more, while there is time: the server closes the connection when there is none. */
  #again(): void {
    const now = this.#options.clock.now();
    const left = this.#endsAt - now;
    if (left > 0) this.#askAt(now + Math.min(left / 4, this.#options.timeoutMs));
  }
}
