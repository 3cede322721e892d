/** New clients of random histories, and servers that know only the beginning of them. */
import {
  ConcordatError,
  type ProcedureDocument,
  type ProcedureKind,
  procedureKinds,
  type ReleaseDocument,
  type Schema,
} from "@concordat/core";
import { expect, test } from "vitest";
import { Chance } from "../../../compat/test/random/chance.ts";
import { isEmitted, isValid } from "../../../compat/test/random/emission.ts";
import { mutated, type Raw, randomDocument } from "../../../compat/test/random/schema.ts";
import { randomValue } from "../../../compat/test/random/value.ts";
import { countsOf, got, handlerOf, kindAt, settled } from "./each-kind.ts";
import { clientOf } from "./emitted.ts";
import { clientTo, type Handler, serverOf } from "./in-program.ts";
import { releaseOf } from "./release.ts";

const timeout = 120_000;

/** The same document with definitions of its own, so that many fit into one release. */
function apart(document: Raw, index: number): Raw {
  const text = JSON.stringify(document).replaceAll(
    /#\/definitions\/([AB])/g,
    `#/definitions/$1${index}`,
  );
  return JSON.parse(text) as Raw; // as it was
}

interface Messages {
  readonly request: Raw;
  readonly response: Raw;
}

/** A release with one procedure for each pair of documents. */
function releaseWith(release: string, all: readonly Messages[]): ReleaseDocument {
  const definitions: Record<string, Schema> = {};
  const bare = (document: Raw, index: number): Schema => {
    const renamed = apart(document, index);
    if (typeof renamed === "boolean") return renamed;
    const { definitions: own = {}, ...schema } = renamed;
    for (const [name, each] of Object.entries(own)) {
      definitions[`${name}${index}`] = each as Schema; // random, but well-formed
    }
    return schema as Schema; // random, but well-formed
  };
  const procedures = Object.fromEntries(
    all.map(({ request, response }, index): [string, Partial<ProcedureDocument>] => [
      `procedure${index}`,
      {
        kind: kindAt(index),
        request: countsOf(kindAt(index)).requests > 0 && bare(request, 2 * index),
        response: countsOf(kindAt(index)).answers > 0 && bare(response, 2 * index + 1),
      },
    ]),
  );
  return releaseOf({ release, procedures, definitions });
}

/** What a second reading says. A schema that refers to itself in place sends it round and round: nothing then. */
function read<Answer>(reading: () => Answer): Answer | undefined {
  try {
    return reading();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A value that a sender of the document may send, where one was found. */
function emitted(chance: Chance, document: Raw): { readonly value: unknown } | undefined {
  for (let tries = 0; tries < 20; tries += 1) {
    const value = randomValue(chance, document, document);
    if (read(() => isEmitted(document, value)) === true) return { value };
  }
  return undefined;
}

/** As many values as a message takes; `undefined` where one was not found. */
function several(chance: Chance, document: Raw, count: number): readonly unknown[] | undefined {
  const found = Array.from({ length: count }, () => emitted(chance, document));
  return found.includes(undefined) ? undefined : found.map((each) => each?.value);
}

const seeds = [1, 2, 3, 4];

/** Whatever arrived in the form of an older release, from all seeds. */
const inOlderForm: ProcedureKind[] = [];

test.each(seeds)(
  "whatever is said to a server of any older release arrives, or is refused before a byte of it is sent (seed %i)",
  { timeout },
  async (seed) => {
    const chance = new Chance(seed);
    const dialect = { isHard: false };
    const changed = (document: Raw): Raw =>
      chance.is(0.5) ? document : mutated(chance, dialect, document);
    const steps: Messages[][] = [
      Array.from({ length: 60 }, () => ({
        request: randomDocument(chance, dialect),
        response: randomDocument(chance, dialect),
      })),
    ];
    for (let count = 0; count < 2; count += 1) {
      steps.push(
        (steps.at(-1) ?? []).map(({ request, response }) => ({
          request: changed(request),
          response: changed(response),
        })),
      );
    }
    const history = steps.map((step, index) => releaseWith(`1.${index}.0`, step));
    const contract = await clientOf(history);
    const newest = steps.at(-1) ?? [];
    const violations: unknown[] = [];

    for (const [at, old] of steps.slice(0, -1).entries()) {
      const answers: (readonly unknown[])[] = [];
      let heard: number[] = [];
      const names = old.map((_, index) => `procedure${index}`);
      const handlers = names.map((name, index): [string, Handler] => [
        name,
        handlerOf(
          kindAt(index),
          (count) => (heard = [...heard, count]),
          () => answers[index] ?? [],
        ),
      ]);
      const server = serverOf(history.slice(0, at + 1), Object.fromEntries(handlers));
      const world = { ...clientTo(contract, server), server };
      const offer = contract.offers.find(({ release }) => release === `1.${at}.0`);
      for (const [index, name] of names.entries()) {
        const [had, has] = [old[index], newest[index]];
        if (had === undefined || has === undefined) continue;
        const kind = kindAt(index);
        const counts = countsOf(kind);
        for (let count = 0; count < 4; count += 1) {
          const requests = several(chance, has.request, counts.requests);
          const answer = several(chance, had.response, counts.answers);
          if (requests === undefined || answer === undefined) continue;
          answers[index] = answer;
          heard = [];
          const played = { requests, answers: answer };
          const outcome = await got(kind, name, played, world).catch((error: unknown) => error);
          if (kind === "clientNotification") await settled(() => heard.length > 0);
          const isLacked = Object.hasOwn(offer?.lacks ?? {}, name);
          const isRefused =
            outcome instanceof ConcordatError &&
            outcome.code === "unimplemented" &&
            outcome.origin === "local" &&
            heard.length === 0;
          const arrived = heard.reduce((sum, each) => sum + each, 0);
          const isAnswered =
            Array.isArray(outcome) &&
            outcome.length === answer.length &&
            arrived === requests.length &&
            outcome.every(
              (each) => read(() => isValid(has.response, has.response, each)) !== false,
            );
          if (isAnswered && Object.hasOwn(offer?.forms ?? {}, name)) inOlderForm.push(kind);
          // Nobody asks for what a server says by itself: where it is not known there, nothing is heard.
          const isUnheard = kind === "serverNotification" && isLacked;
          if (isLacked ? isRefused || isUnheard : isAnswered) continue;
          violations.push({ kind, name, requests, answer, had, has, outcome: String(outcome) });
        }
      }
    }

    expect(violations.slice(0, 3)).toEqual([]);
  },
);

test("that says something of every kind, because some of each were said in an older form", () => {
  expect(new Set(inOlderForm)).toEqual(new Set(Object.keys(procedureKinds)));
});
