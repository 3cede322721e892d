/** The codecs that a stub brings along against those that a server makes of the schema. */
import { compiled, messageBytes, ReleaseCodecs, Writer } from "@concordat/core/internal";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cases, definitions } from "../../../core/test/schema/schema-arbitrary.ts";
import { seed } from "../seed.ts";
import { read, written } from "./codec-run.ts";
import { clientOf } from "./emitted.ts";
import { releaseOf } from "./release.ts";

/** What an act gives, or what it says instead. Errors may be of another copy of the runtime. */
function said(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
    throw error;
  }
}

const timeout = 60_000;

test(
  "a printed codec writes the bytes that a compiled one writes, and reads them as it does",
  { timeout },
  async () => {
    const samples = fc.sample(cases({ fragile: true }), { seed, numRuns: 400 });
    const procedures = Object.fromEntries(
      samples.map(({ schema }, index) => [
        `procedure${index}`,
        { request: schema, response: schema },
      ]),
    );
    const codecs = new ReleaseCodecs(definitions, compiled);
    const to = new Writer();

    const client = await clientOf([releaseOf({ definitions, procedures })]);

    const differences: unknown[] = [];
    for (const [index, { schema, value }] of samples.entries()) {
      const printed = client.procedures[index];
      if (printed === undefined) throw new Error("A procedure is missing.");
      const own = codecs.writer(schema);
      const reader = codecs.reader(schema);
      for (const each of [value, ...samples.slice(index, index + 20).map((other) => other.value)]) {
        const theirs = said(() => written(printed.request, each));
        const ours = said(() => messageBytes(own, to, each));
        const values =
          ours instanceof Uint8Array
            ? [said(() => read(printed.response, ours)), said(() => read(reader, ours))]
            : [];
        const isSame = JSON.stringify([theirs, values[0]]) === JSON.stringify([ours, values[1]]);
        if (!isSame) differences.push({ schema, value: each, theirs, ours, values });
      }
    }
    expect(differences, `with seed ${seed}`).toEqual([]);
  },
);
