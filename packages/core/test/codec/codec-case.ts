/** Random messages for codecs: those that shapes are tested with, with every value of the wire and open objects around them. */
import * as fc from "fast-check";
import { compiled } from "../../src/codec/compiled.ts";
import { messageBytes } from "../../src/codec/message-codec.ts";
import { Reader } from "../../src/codec/read/reader.ts";
import { interpreted, type MakeRunner, ReleaseCodecs } from "../../src/codec/release-codecs.ts";
import { Writer } from "../../src/codec/write/writer.ts";
import type { Schema } from "../../src/schema/schema.ts";
import { limitDefaults } from "../../src/wire/limits.ts";
import { type Case, cases } from "../schema/schema-arbitrary.ts";

/** The ways to run a codec. */
export const runners: readonly (readonly [string, MakeRunner])[] = [
  ["compiled", compiled],
  ["closures", interpreted],
];

/** What a message may cost. */
const budget = {
  depth: limitDefaults.depth,
  values: limitDefaults.values,
};

const [to, from] = [new Writer(), new Reader()];

/** The bytes of a case's value. */
export function written({ schema, definitions, value }: Case, make: MakeRunner): Uint8Array {
  return messageBytes(new ReleaseCodecs(definitions, make).writer(schema), to, value);
}

/** The value of bytes, in the schema of a case. */
export function read(
  { schema, definitions }: Omit<Case, "value">,
  make: MakeRunner,
  bytes: Uint8Array,
): unknown {
  return new ReleaseCodecs(definitions, make).reader(schema).read(from, bytes, budget);
}

const text = fc.string({ unit: "binary", maxLength: 40 });
const wireTypes = fc.record(
  {
    bytes: fc.uint8Array({ maxLength: 300 }),
    moment: fc.date(),
    big: fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }),
    whole: fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -300, max: 300 })),
    fraction: fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => each + 0), // -0 travels as 0
    words: fc.array(text, { maxLength: 20 }),
    text,
  },
  { requiredKeys: ["text"], noNullPrototype: true },
);
const wireTypesSchema: Schema = {
  type: "object",
  properties: {
    bytes: { "x-concordat": "bytes" },
    moment: { "x-concordat": "timestamp" },
    big: { "x-concordat": "bigint" },
    whole: { type: "integer" },
    fraction: { type: "number" },
    words: { type: "array", items: { type: "string" } },
    text: { type: "string" },
  },
  required: ["text"],
};

/** Objects with other properties than the declared ones, as TypeBox writes records and as authors open objects. */
function opened(inner: Schema): readonly Schema[] {
  return [
    { type: "object", patternProperties: { "^.*$": inner } },
    { type: "object", additionalProperties: inner },
    { type: "object", properties: { a: inner }, additionalProperties: { type: "number" } },
    {
      type: "object",
      properties: { c: inner },
      required: ["c"],
      patternProperties: { "^[ab]": inner },
      additionalProperties: false,
    },
    {
      type: "object",
      properties: { c: inner },
      patternProperties: { "^[ab]": inner },
      additionalProperties: { type: ["string", "null"] },
    },
    { anyOf: [{ type: "null" }, { type: "array", items: inner }] },
  ];
}

const inOpened = cases({ fragile: true }).chain(({ schema, definitions, value }) =>
  fc
    .record({
      schema: fc.constantFrom(...opened(schema)),
      value: fc.oneof(
        fc.constant([value]),
        fc.dictionary(
          fc.constantFrom("a", "b", "c", "d"),
          fc.oneof(fc.constant(value), fc.constantFrom(1, "x", null)),
          { noNullPrototype: true },
        ),
      ),
    })
    .map((made): Case => ({ ...made, definitions })),
);

/** Any case. */
export const codecCases: fc.Arbitrary<Case> = fc.oneof(
  { weight: 6, arbitrary: cases({ fragile: true }) },
  { weight: 2, arbitrary: inOpened },
  {
    weight: 1,
    arbitrary: wireTypes.map((value) => ({ schema: wireTypesSchema, definitions: {}, value })),
  },
);

/** What an act throws; undefined where it throws nothing. */
export function thrownBy(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}
