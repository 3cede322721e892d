/** New clients of random histories, and servers that know only the beginning of them. */
import { ConcordatError } from "@concordat/core";
import type { ProcedureDocument, ReleaseDocument, Schema } from "@concordat/core";
import { expect, test } from "vitest";
import { Chance } from "../../../compat/test/random/chance.ts";
import { isEmitted, isValid } from "../../../compat/test/random/emission.ts";
import { mutated, type Raw, randomDocument } from "../../../compat/test/random/schema.ts";
import { randomValue } from "../../../compat/test/random/value.ts";
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
      { request: bare(request, 2 * index), response: bare(response, 2 * index + 1) },
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

const seeds = [1, 2, 3, 4];

test.each(seeds)(
  "a call to a server of any older release works, or is refused before a byte of it is sent (seed %i)",
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
    let inOlderForm = 0;

    for (const [at, old] of steps.slice(0, -1).entries()) {
      const answers: unknown[] = [];
      const heard = new Set<string>();
      const names = old.map((_, index) => `procedure${index}`);
      const handlers = Object.fromEntries(
        names.map((name, index): [string, Handler] => [
          name,
          () => {
            heard.add(name);
            return answers[index];
          },
        ]),
      );
      const { orders } = clientTo(contract, serverOf(history.slice(0, at + 1), handlers));
      const forms = contract.offers.find(({ release }) => release === `1.${at}.0`)?.forms ?? {};
      for (const [index, name] of names.entries()) {
        const [had, has] = [old[index], newest[index]];
        if (had === undefined || has === undefined) continue;
        for (let count = 0; count < 4; count += 1) {
          const request = emitted(chance, has.request);
          const answer = emitted(chance, had.response);
          if (request === undefined || answer === undefined) continue;
          answers[index] = answer.value;
          heard.clear();
          const outcome = await orders[name]?.(request.value).catch((error: unknown) => error);
          const isRefused =
            outcome instanceof ConcordatError &&
            outcome.code === "unimplemented" &&
            outcome.origin === "local" &&
            !heard.has(name);
          const isAnswered =
            !(outcome instanceof Error) &&
            read(() => isValid(has.response, has.response, outcome)) !== false;
          if (isAnswered && Object.hasOwn(forms, name)) inOlderForm += 1;
          if (isRefused || isAnswered) continue;
          violations.push({ name, request, answer, had, has, outcome: String(outcome) });
        }
      }
    }

    expect(violations.slice(0, 3)).toEqual([]);
    expect(inOlderForm).toBeGreaterThan(20);
  },
);
