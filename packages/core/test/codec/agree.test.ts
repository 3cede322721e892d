/** Compiled functions, closures and shapes: one meaning, the same bytes, the same words. */
import { Decoder } from "@msgpack/msgpack";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tooHigh, tooLow } from "../../src/schema/big-integer.ts";
import type { Schema } from "../../src/schema/schema.ts";
import { Mismatch } from "../../src/schema/shape.ts";
import { shapeOf } from "../../src/schema/shape-of-schema.ts";
import type { Case } from "../schema/schema-arbitrary.ts";
import type { MakeRunner } from "../../src/codec/release-codecs.ts";
import { codecCases, read, runners, written } from "./codec-case.ts";

/** `CODEC_RUNS=100000` is what a nightly run asks for. */
const numRuns = Number(process.env["CODEC_RUNS"] ?? 3_000);
const timeout = 1_200_000;
const independent = new Decoder();

/** What an act says: its value, or what does not match. */
function said<T>(act: () => T): T | string {
  try {
    return act();
  } catch (error) {
    if (error instanceof Mismatch || error instanceof TypeError) return error.message;
    throw error;
  }
}

/** What arrives of a value, or why it does not leave. What a writer lets through is read, whatever its reader would say. */
function outcomeOf(each: Case, make: MakeRunner): unknown {
  const bytes = said(() => written(each, make));
  if (typeof bytes === "string") return bytes;
  independent.decode(bytes);
  return read(each, make, bytes);
}

const onceStripped = "once undeclared properties are left out";

/**
 * What a shape says of the value, in the words of a codec.
 *
 * A shape looks at the whole message once more, codecs at the part that needs it: of two things that are wrong they
 * may name different ones. And half a pair is no matter of a shape.
 */
function expected({ schema, definitions, value }: Case, outcome: unknown): unknown {
  const kept = said(() => shapeOf(schema, definitions).conform(value));
  const isOther = typeof outcome === "string" && /half a surrogate pair/.test(outcome);
  const isLater = typeof outcome === "string" && outcome.endsWith(onceStripped);
  return isOther || (isLater && typeof kept === "string") ? outcome : kept;
}

test.each(runners)(
  "%s say of a value what its shape says, and what the shape keeps of it arrives",
  { timeout },
  (_name, make) => {
    let arrived = 0;
    fc.assert(
      fc.property(codecCases, (each) => {
        const outcome = outcomeOf(each, make);
        if (typeof outcome !== "string") arrived += 1;
        expect(outcome).toEqual(expected(each, outcome));
      }),
      { numRuns },
    );
    expect(arrived).toBeGreaterThan(numRuns / 10);
    expect(arrived).toBeLessThan(numRuns);
  },
);

const kinds: readonly Schema[] = [
  { type: "integer" },
  { type: "number" },
  { type: "boolean" },
  { type: "string" },
  { const: "a" },
  { enum: [0, "a", null] },
  { type: ["integer", "null"] },
  { "x-concordat": "bytes" },
  { "x-concordat": "timestamp" },
  { "x-concordat": "bigint" },
  { type: "array", items: { type: "integer" } },
  { type: "object", additionalProperties: { type: "integer" } },
  { type: "object", properties: { a: { type: "integer" } }, additionalProperties: false },
  { type: "object", patternProperties: { "^a": true }, additionalProperties: false },
  { type: "object", properties: { a: { type: "integer" } }, required: ["a"] },
  { type: "object", patternProperties: { "^a": true } },
  {
    anyOf: ["x", "y"].map((b): Schema => {
      return { type: "object", properties: { b: { const: b }, a: true }, required: ["b"] };
    }),
  },
  true,
  false,
];
const values: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  "",
  "a",
  "b",
  "\udc00",
  0,
  -1,
  0.5,
  2 ** 53,
  2 ** 60,
  Number.NaN,
  Infinity,
  -Infinity,
  0n,
  tooHigh - 1n,
  tooHigh,
  tooLow,
  tooLow + 1n,
  Uint8Array.of(1),
  new Uint8Array(0),
  new Date(0),
  new Date(Number.NaN),
  new Map(),
  [],
  [1],
  ["a"],
  {},
  { a: 1 },
  { b: 1 },
  { a: "a" },
  { a: undefined },
  { a: 1, b: 2 },
  { a: 1, b: "x" },
  JSON.parse('{ "__proto__": 1 }'),
];

describe.each(runners)("%s, of every kind of schema,", (_name, make) => {
  test.each(kinds)(
    "take what the shape takes, and refuse in its words what it refuses: %j",
    (x) => {
      for (const schema of [x, { type: "object", properties: { x }, required: ["x"] }] as const) {
        const outcomes = values.map((inner) => {
          const value = schema === x ? inner : { x: inner };
          const each = { schema, definitions: {}, value };
          const outcome = outcomeOf(each, make);
          return { outcome, expected: expected(each, outcome) };
        });

        expect(outcomes.map(({ outcome }) => outcome)).toEqual(
          outcomes.map((each) => each.expected),
        );
      }
    },
  );
});

test("all ways to run a codec write the same bytes", { timeout }, () => {
  fc.assert(
    fc.property(codecCases, (each) => {
      const [first, ...others] = runners.map(([, make]) => said(() => written(each, make)));
      for (const other of others) expect(other).toEqual(first);
    }),
    { numRuns },
  );
});
