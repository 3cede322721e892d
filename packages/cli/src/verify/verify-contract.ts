/** Replays every release that is served against a real server, and counts what was tried. */
import type { Schema } from "@concordat/core";
import type { Treatment } from "@concordat/server/portable";

import { beyond } from "./beyond.ts";
import { callFault } from "./call-trial.ts";
import { type Example, exampleOf, noExample } from "./example.ts";
import { tryFingerprints } from "./fingerprint-trial.ts";
import type { Fault, Finding } from "./law.ts";
import { tryNegotiation } from "./negotiation-trial.ts";
import { errorFault, maskedFault, refusedFault } from "./refusal-trial.ts";
import { type Route, routeOf, type Stop } from "./route.ts";
import type { ServerKit } from "./server-kit.ts";
import { shrunk } from "./shrink.ts";
import { type Subject, Theatre } from "./theatre.ts";

/** How much is tried. */
export interface VerifyOptions {
  readonly seed: number;
  /** For each procedure of each release. */
  readonly values: number;
}

/** What was tried of one procedure of one release. */
export interface Tried {
  readonly release: string;
  readonly procedure: string;
  readonly treatment: Treatment;
  /** Calls, each with messages of its own; what went right and what went wrong. */
  readonly values: number;
  /** Those that the user's own handlers refused. Default 0. */
  readonly refused?: number;
}

/** What verifying one contract came to. */
export interface Verified {
  readonly contract: string;
  readonly tried: readonly Tried[];
  readonly handshakes: number;
  /** Changed schemas whose fingerprint was looked at. */
  readonly fingerprints: number;
  readonly findings: readonly Finding[];
}

/** Findings of one procedure beyond this say the same again. */
const mostFindings = 2;

/** After so many findings the rest is left: something is wrong that everything goes through. */
const mostOfAll = 20;

/**
 * Verifies one contract.
 *
 * @throws Error where a server would not start with these releases and adapters.
 */
export async function verifyContract(
  subject: Subject,
  kit: ServerKit,
  { seed, values }: VerifyOptions,
): Promise<Verified> {
  const theatre = new Theatre(subject, kit, seed);
  try {
    const { contract, history } = subject;
    const tried: Tried[] = [];
    const findings: Finding[] = [];
    for (const { release, procedure, treatment } of theatre.whole().service.treatments()) {
      const index = history.findIndex((each) => each.release === release);
      const route = routeOf(subject, index, procedure);
      if (route === undefined || findings.length >= mostOfAll) continue;
      const trial = new RouteTrial(theatre, route);
      const found = await trial.run(values);
      tried.push({ release, procedure, treatment, values: trial.count });
      findings.push(...found.map((each) => ({ ...each, contract, release, procedure })));
    }
    const negotiation = await tryNegotiation(theatre);
    const seen = new Set<string>();
    const fingerprints = history.map((release) => tryFingerprints(release, seen));
    return {
      contract,
      tried,
      handshakes: negotiation.handshakes,
      fingerprints: fingerprints.reduce((sum, { changes }) => sum + changes, 0),
      findings: [
        ...findings,
        ...negotiation.findings,
        ...fingerprints.flatMap((each) => each.findings),
      ],
    };
  } finally {
    await theatre.close();
  }
}

type Found = Omit<Fault, "isHung"> & Partial<Pick<Finding, "requests" | "answers">>;

/** What is tried of one procedure of one release. */
class RouteTrial {
  /** Calls that were made as a case of their own, without those that only made one smaller. */
  count = 0;
  readonly #theatre: Theatre;
  readonly #route: Route;
  readonly #found = new Map<string, Found>();
  /** Whether a call did not end: the next would be waited for as long. */
  #isHung = false;

  constructor(theatre: Theatre, route: Route) {
    this.#theatre = theatre;
    this.#route = route;
  }

  async run(values: number): Promise<readonly Found[]> {
    const theatre = this.#theatre;
    const route = this.#route;
    const errors = Object.keys(route.end.procedure.errors ?? {});
    for (let number = 0; number < values && this.#found.size < mostFindings; number += 1) {
      const example = exampleOf(theatre, route.caller, route.end, number);
      if (example === undefined) {
        this.#note(noExample, undefined);
        break;
      }
      await this.#look(example, (each) => callFault(theatre, route, each));
      if (number === 1) await this.#lookBeyond(example);
      if (number % 4 === 2) await this.#look(example, (each) => refusedFault(theatre, route, each));
      if (number % 2 === 1) await this.#look(example, (each) => maskedFault(theatre, route, each));
      const name = errors[Math.floor(number / 2) % Math.max(1, errors.length)];
      if (number % 2 === 0 && name !== undefined && route.outcome === "handled")
        await this.#look(example, (each) => errorFault(theatre, route, each, name));
    }
    return [...this.#found.values()];
  }

  /** Breaks every boundary of the largest message, one after the other. */
  async #lookBeyond(example: Example): Promise<void> {
    const { caller, end } = this.#route;
    const theatre = this.#theatre;
    const placesIn = (
      { release }: Stop,
      schema: Schema,
      [value]: readonly unknown[],
    ): readonly number[] =>
      value === undefined ? [] : [...beyond(theatre.reading(release), schema, value).keys()];
    for (const place of placesIn(caller, caller.procedure.request, example.requests))
      await this.#look(example, (each) => refusedFault(theatre, this.#route, each, place));
    for (const place of placesIn(end, end.procedure.response, example.answers))
      await this.#look(example, (each) => maskedFault(theatre, this.#route, each, place));
  }

  async #look(
    example: Example,
    look: (example: Example) => Promise<Fault | undefined>,
  ): Promise<void> {
    if (this.#isHung) return;
    this.count += 1;
    const fault = await look(example);
    this.#isHung = fault?.isHung === true;
    if (fault === undefined || this.#found.has(fault.law)) return;
    // To wait for smaller ones as well would take minutes.
    if (this.#isHung) return this.#note(fault, example);
    const least = await shrunk(
      this.#theatre,
      this.#route,
      example,
      async (each) => (await look(each))?.law,
    );
    this.#note((await look(least)) ?? fault, least);
  }

  #note({ isHung: _isHung, ...fault }: Fault, example: Example | undefined): void {
    this.#found.set(fault.law, { ...fault, ...example });
  }
}
