/** What follows the end of a connection: another attempt and when, none until a call, or none at all. */
import { classifyClose, closeCode, type ConcordatError, RefusedError } from "@concordat/core";
import { msIn, parseReason, type SharedLimits } from "@concordat/core/internal";
import type { Random } from "./random.ts";
import type { ConnectionEnd } from "../socket/connection-end.ts";
import { type Backoff, backoffMs, hintedMs, longestHintMs, serverBehindMs } from "./backoff.ts";
import { decidingCode, type OfferedContract, refusalOf, refusedError } from "./refused.ts";

/** What to do. */
export type Verdict =
  | { readonly next: "refuse"; readonly error: ConcordatError }
  | { readonly next: "wait"; readonly ms: number }
  /** `ms` is for where calls are waiting already. */
  | { readonly next: "rest"; readonly ms: number };

/** A connection that stayed up for so long was a success: the next wait is short again. */
const provenAfterMs = 10_000;
/** So many strikes within so long stop the client: the two sides do not understand each other. */
const strikesAllowed = 3;
const strikesWithinMs = 60_000;
/** So many times a client that was not welcomed in time doubles how long it waits for the next welcome. */
const patienceDoubles = 3;

/** After a `goaway` and without a call to make, the next connection is made within so long, at random. */
const moveWithinMs = 5_000;
/** And within this part of the time that the server gives: one that does not see its client leave closes after a quarter. */
const movePart = 0.1;

/** What redialling needs. */
export interface RedialOptions {
  readonly backoff: Backoff;
  readonly random: Random;
  readonly contracts: readonly OfferedContract[];
}

/** Remembers how the last connections went. */
export class Redial {
  readonly #options: RedialOptions;
  /** Attempts in a row that did not lead to a proven connection. Set here only. */
  failures = 0;
  /** `Infinity` from the end of a connection to the next welcome. */
  #welcomedAt = Infinity;
  /** Attempts in a row on which the client waited for a welcome in vain. */
  #unheard = 0;
  #strikes: number[] = [];
  /** Whether the last connection ended because its credentials had expired; what ended for others that the application gave since says nothing of these. */
  hadExpired = false;

  constructor(options: RedialOptions) {
    this.#options = options;
  }

  /**
   * With how long to wait for a welcome now, where those given are enough for a server that is well. One that is overrun
   * by all of its clients answers late, and those who give up and dial again make it worse.
   */
  patient(limits: SharedLimits): SharedLimits {
    const doubled = 2 ** Math.min(this.#unheard, patienceDoubles);
    return { ...limits, handshakeMs: limits.handshakeMs * doubled };
  }

  /** A welcome was read. */
  welcomed(now: number): void {
    this.#welcomedAt = now;
  }

  /** The application asked for a fresh start. */
  forget(): void {
    this.failures = 0;
    this.#strikes = [];
    this.hadExpired = false;
  }

  /** The server asked to leave within that time. Where it does so over and over, calls wait as after a failure. */
  left(withinMs: number, now: number): { readonly ms: number; readonly atCall: boolean } {
    const wasProven = this.#over(now);
    const leastMs = this.#soon();
    if (wasProven) this.failures = 0; // nothing has failed: a balancer may still name the server that leaves
    const ms = this.#options.random() * Math.min(withinMs * movePart, moveWithinMs);
    return { ms: Math.max(ms, leastMs), atCall: leastMs === 0 };
  }

  /**
   * A connection, or an attempt, has ended.
   *
   * @param canRefresh Whether there may be better credentials than those that were shown. Default: there are not.
   */
  ended(end: ConnectionEnd, now: number, canRefresh = false): Verdict {
    const wasProven = this.#over(now);
    const hadExpired = this.hadExpired && !wasProven;
    const code = decidingCode(end);
    const isUnheard = code === closeCode["heartbeat-lost"] && !end.wasOpen;
    this.#unheard = isUnheard ? this.#unheard + 1 : 0;
    this.hadExpired = code === closeCode.reauthenticate;
    if (end.fatal !== undefined) return { next: "refuse", error: end.fatal };
    // Fresh credentials that are turned down at once are no better than the expired ones.
    if (hadExpired && this.hadExpired) return this.#refuse(end);
    return this.#act(code, end, now, canRefresh);
  }

  /** Returns whether the connection had proved itself. */
  #over(now: number): boolean {
    const wasProven = now - this.#welcomedAt >= provenAfterMs;
    this.#welcomedAt = Infinity;
    if (wasProven) this.failures = 0;
    this.failures += 1;
    return wasProven;
  }

  #act(code: number, end: ConnectionEnd, now: number, canRefresh: boolean): Verdict {
    const { random } = this.#options;
    const { retryAfterMs } = refusalOf(end, this.#options.contracts);
    const afterMs = hint(retryAfterMs ?? end.retryAfterMs);
    switch (classifyClose(code).action) {
      case "stop":
        return this.#refuse(end);
      case "credentials":
        return canRefresh ? { next: "wait", ms: this.#soon() } : this.#refuse(end);
      case "strikes":
        return this.#strike(end, now);
      case "next-call":
        return { next: "rest", ms: this.#soon() };
      case "now":
        return { next: "wait", ms: this.#soon() };
      case "spread": {
        const spreadMs = hint(msIn(parseReason(end.reason).values, "spread") ?? afterMs);
        if (spreadMs === undefined) return { next: "wait", ms: this.#formula() };
        // A server that says 0 each time would be dialled without a pause.
        return { next: "wait", ms: Math.max(random() * spreadMs, this.#soon()) };
      }
      case "hint":
      case "backoff":
        if (afterMs !== undefined) return { next: "wait", ms: hintedMs(afterMs, random) };
        if (code !== closeCode["server-behind"]) return { next: "wait", ms: this.#formula() };
        return { next: "wait", ms: serverBehindMs(this.failures, random) };
    }
  }

  /** At once, but not over and over. */
  #soon(): number {
    return this.failures === 1 ? 0 : this.#formula();
  }

  #formula(): number {
    return backoffMs(this.#options.backoff, this.failures, this.#options.random);
  }

  #refuse(end: ConnectionEnd): Verdict {
    return { next: "refuse", error: refusedError(end, this.#options.contracts) };
  }

  #strike(end: ConnectionEnd, now: number): Verdict {
    this.#strikes = this.#strikes.filter((at) => now - at < strikesWithinMs);
    this.#strikes.push(now);
    if (this.#strikes.length < strikesAllowed) return { next: "wait", ms: this.#soon() };
    const refusal = refusalOf(end, this.#options.contracts);
    const message =
      `${strikesAllowed} connections within ${strikesWithinMs / 1_000} s ended like this: ${refusal.message} ` +
      "Client and server do not understand each other; compare their releases of Concordat.";
    return { next: "refuse", error: new RefusedError("internal", { ...refusal, message }) };
  }
}

function hint(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.min(ms, longestHintMs);
}
