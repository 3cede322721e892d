/** The shapes that a stub brings along against those that a schema is interpreted as. */
import { Mismatch, type Shape, shapesIn } from "@concordat/core/internal";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cases, definitions } from "../../../core/test/schema/schema-arbitrary.ts";
import { clientOf } from "./emitted.ts";
import { releaseOf } from "./release.ts";

/** The result, or path and reason; from whichever copy of the runtime the shape is. */
function verdict(shape: Shape | undefined, value: unknown): string {
  try {
    return JSON.stringify({ accepted: shape?.conform(value) });
  } catch (error) {
    if (error instanceof Error && error.name === Mismatch.name) return error.message;
    throw error;
  }
}

test(
  "a generated shape says of every value what the interpreted one says",
  { timeout: 60_000 },
  async () => {
    const samples = fc.sample(cases({ fragile: true }), 400);
    const procedures = Object.fromEntries(
      samples.map(({ schema }, index) => [`procedure${index}`, { request: schema }]),
    );
    const shapeOf = shapesIn(definitions);

    const client = await clientOf([releaseOf({ definitions, procedures })]);

    const differences: unknown[] = [];
    for (const [index, { schema, value }] of samples.entries()) {
      const generated = client.procedures[index]?.request;
      const interpreted = shapeOf(schema);
      for (const each of [value, ...samples.slice(index, index + 20).map((other) => other.value)]) {
        const verdicts = [verdict(generated, each), verdict(interpreted, each)];
        if (verdicts[0] !== verdicts[1]) differences.push({ schema, value: each, verdicts });
      }
    }
    expect(differences).toEqual([]);
  },
);
