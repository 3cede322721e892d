/** Rules at their edges: every codec says of each value what the shape says, and what the shape keeps of it arrives. */
import { describe, expect, test } from "vitest";
import { tooHigh, tooLow } from "../../src/schema/big-integer.ts";
import type { Definitions, Schema } from "../../src/schema/schema.ts";
import { Mismatch } from "../../src/schema/shape.ts";
import { shapeOf } from "../../src/schema/shape-of-schema.ts";
import { read, runners, written } from "./codec-case.ts";

const integer: Schema = { type: "integer" };
const text: Schema = { type: "string" };
const nil: Schema = { type: "null" };

/** An object with one property more than fit into so many sets of bits, all of them optional. */
const wide = (count: number): Schema => ({
  type: "object",
  properties: Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, text])),
});

/** An array in an array, and so on, so many levels deep. */
const nested = (levels: number): unknown => (levels === 0 ? [] : [nested(levels - 1)]);

const tagged = (tag: Schema, isRequired = true, rest = integer): Schema => ({
  type: "object",
  properties: { tag, rest },
  required: isRequired ? ["tag"] : [],
});

const table: readonly (readonly [
  what: string,
  schema: Schema,
  values: readonly unknown[],
  definitions?: Definitions,
])[] = [
  [
    "a tuple of two",
    { type: "array", items: [integer, text], additionalItems: false, minItems: 2 },
    [[1, "a"], [1], [], [1, "a", 2], ["a", 1]],
  ],
  [
    "a tuple of two at most",
    { type: "array", prefixItems: [integer, text], items: false },
    [[1, "a"], [1], [], [1, "a", 2], [undefined]],
  ],
  [
    "a tuple of one to four, with texts at its end",
    { type: "array", prefixItems: [integer, integer], items: text, minItems: 1, maxItems: 4 },
    [[], [1], [1, 2], [1, 2, "a"], [1, 2, "a", "b"], [1, 2, "a", "b", "c"], [1, 2, 3]],
  ],
  [
    "a tuple whose elements differ",
    {
      type: "array",
      prefixItems: [integer, integer],
      items: false,
      minItems: 2,
      uniqueItems: true,
    },
    [
      [1, 2],
      [1, 1],
    ],
  ],
  [
    "an array of one or two",
    { type: "array", items: text, minItems: 1, maxItems: 2 },
    [[], ["a"], ["a", "b"], ["a", "b", "c"]],
  ],
  ["an array of none", { type: "array", items: text, minItems: 0, maxItems: 0 }, [[], ["a"]]],
  [
    "a record that is not empty",
    { type: "object", additionalProperties: integer, minProperties: 1 },
    [{}, { a: 1 }, { a: "x" }],
  ],
  [
    "a record with short names",
    { type: "object", additionalProperties: integer, propertyNames: { maxLength: 1 } },
    [{}, { a: 1 }, { ab: 1 }],
  ],
  [
    "an object of one property at most",
    { type: "object", properties: { a: integer, b: integer }, maxProperties: 1 },
    [{}, { a: 1 }, { a: 1, b: 2 }],
  ],
  [
    "two patterns of names",
    { type: "object", patternProperties: { "^a": integer, b$: text }, additionalProperties: false },
    [{}, { a: 1 }, { b: "x" }, { ab: 1 }, { a: "x" }, { c: 1 }],
  ],
  [
    "one pattern of names, and no other",
    {
      type: "object",
      properties: { c: text },
      required: ["c"],
      patternProperties: { "^a": integer },
      additionalProperties: false,
    },
    [{ c: "x" }, { c: "x", a: 1 }, { c: "x", ab: "x" }, { c: "x", d: 1 }, { c: 1 }, { a: 1 }],
  ],
  [
    "a pattern of letters of any language",
    { type: "object", patternProperties: { "^\\p{L}$": integer }, additionalProperties: false },
    [{ é: 1 }, { 1: 1 }, { é: "x" }],
  ],
  [
    "a declared property that a pattern speaks of as well",
    { type: "object", properties: { ab: integer }, patternProperties: { "^a": { minimum: 3 } } },
    [{ ab: 3 }, { ab: 2 }, { ac: 2 }],
  ],
  [
    "a declared property that a pattern of any language speaks of",
    {
      type: "object",
      properties: { é: integer },
      patternProperties: { "^\\p{L}$": { minimum: 3 } },
    },
    [{ é: 3 }, { é: 2 }],
  ],
  [
    "a constant that may be left out",
    { type: "object", properties: { k: { const: "x" }, n: integer }, required: ["n"] },
    [{ n: 1 }, { n: 1, k: "x" }, { n: 1, k: "y" }, { n: 1, k: undefined }, { n: 1, k: null }],
  ],
  [
    "null against absent",
    { type: "object", properties: { a: { type: ["integer", "null"] }, b: nil } },
    [{}, { a: null }, { b: null }, { a: null, b: null }, { a: undefined }, { b: 1 }],
  ],
  ...[31, 32, 33, 64, 65].map(
    (count) =>
      [
        `${count} properties that may be left out`,
        wide(count),
        [
          {},
          Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, "x"])),
          ...Array.from({ length: count }, (_, index) => ({ [`p${index}`]: `${index}` })),
        ],
      ] as const,
  ),
  ["null or an integer", { anyOf: [nil, integer] }, [null, 1, "a", undefined]],
  ["null among constants", { anyOf: [{ enum: [null, "a"] }, integer] }, [null, "a", 1, "b"]],
  ["null before another constant", { anyOf: [{ enum: [null, true] }, integer] }, [null, true, 1]],
  ["null twice", { anyOf: [nil, { anyOf: [nil, integer] }] }, [null, 1, "a"]],
  ["null beside null among constants", { anyOf: [nil, { enum: [null, 1] }] }, [null, 1, 2]],
  ["exactly one null", { oneOf: [nil, nil, integer] }, [null, 1]],
  ["exactly one null among constants", { oneOf: [nil, { enum: [null, 1] }] }, [null, 1]],
  ["null within", { anyOf: [{ anyOf: [nil, integer] }, text] }, [null, 1, "a", true]],
  ["an integer or a number", { anyOf: [integer, { type: "number", minimum: 5 }] }, [1, 5.5, 0.5]],
  [
    "objects told apart by a constant, or by one of two",
    { anyOf: [tagged({ const: "a" }), tagged({ enum: ["b", "c"] })] },
    [{ tag: "a" }, { tag: "b", rest: 1 }, { tag: "c" }, { tag: "d" }, {}, "a"],
  ],
  [
    "objects told apart by a constant within a union",
    { anyOf: [tagged({ anyOf: [{ const: 1 }, { const: "1" }] }), tagged({ const: true })] },
    [{ tag: 1 }, { tag: "1" }, { tag: true }, { tag: 2 }],
  ],
  [
    "objects whose constants meet",
    { anyOf: [tagged({ enum: ["a", "b"] }), tagged({ enum: ["b", "c"] }, true, text)] },
    [{ tag: "a" }, { tag: "b", rest: 1 }, { tag: "b", rest: "x" }, { tag: "c" }],
  ],
  [
    "objects of which one has a constant or any text for its tag",
    { anyOf: [tagged({ const: "a" }), tagged({ anyOf: [{ const: 1 }, text] })] },
    [{ tag: "a" }, { tag: 1 }, { tag: "c" }, { tag: 2 }],
  ],
  [
    "objects told apart beside texts that are not",
    {
      anyOf: [
        tagged({ const: "a" }),
        tagged({ const: "b" }),
        { type: "string", maxLength: 2 },
        { type: "string", minLength: 4 },
      ],
    },
    [{ tag: "a" }, { tag: "b" }, "a", "abc", "abcd"],
  ],
  [
    "objects whose tag may be left out",
    { anyOf: [tagged({ const: "a" }, false), tagged({ const: "b" })] },
    [{ tag: "a" }, { tag: "b" }, {}],
  ],
  [
    "objects of which one has any text for its tag",
    { anyOf: [tagged({ const: "a" }), tagged({ anyOf: [{ const: "b" }, text] })] },
    [{ tag: "a" }, { tag: "b" }, { tag: "c" }],
  ],
  [
    "objects that a definition tells apart, and texts",
    { anyOf: [{ $ref: "#/definitions/A" }, tagged({ const: "b" }), text] },
    [{ tag: "a" }, { tag: "b" }, "x", 1],
    { A: tagged({ const: "a" }) },
  ],
  [
    "a definition in a record, in a pattern and behind a tuple",
    {
      type: "object",
      patternProperties: { "^a": { anyOf: [nil, { $ref: "#/definitions/A" }] } },
      additionalProperties: {
        type: "array",
        prefixItems: [integer],
        items: { anyOf: [nil, text] },
      },
    },
    [{ a: { tag: "a" } }, { a: null }, { b: [1, null, "x"] }, { b: [1, 2] }, { a: { tag: "b" } }],
    { A: tagged({ const: "a" }) },
  ],
  [
    "the deepest value there may be",
    { $ref: "#/definitions/A" },
    [nested(62), nested(63), nested(64), nested(65)],
    { A: { type: "array", items: { $ref: "#/definitions/A" } } },
  ],
  [
    "values at the ends of what the wire has",
    { anyOf: [{ "x-concordat": "bigint" }, { "x-concordat": "timestamp" }] },
    [tooHigh, tooHigh - 1n, tooLow, tooLow + 1n, new Date(0), new Date(Number.NaN)],
  ],
  [
    "a definition that leads back to itself within a union",
    { anyOf: [{ $ref: "#/definitions/A" }, nil] },
    [null, "a", 1],
    { A: { anyOf: [text, { type: "array", items: { $ref: "#/definitions/A" } }] } },
  ],
  [
    "a hundred tuples, arrays and objects, one beside the other",
    {
      type: "array",
      items: {
        type: "array",
        prefixItems: [{ type: "array", items: integer }, tagged(integer)],
        items: { type: "object", additionalProperties: integer },
      },
    },
    [Array.from({ length: 100 }, (_, tag) => [[tag], { tag }, { a: tag }])],
  ],
  [
    "an object that has no other properties",
    { type: "object", properties: { a: integer }, additionalProperties: false },
    [{}, { a: 1 }, { a: 1, b: 2 }, { b: 2 }],
  ],
  [
    "definitions that only lead to each other",
    { type: "object", properties: { a: { $ref: "#/definitions/A" } } },
    [{}, { a: 1 }],
    { A: { $ref: "#/definitions/B" }, B: { $ref: "#/definitions/A" } },
  ],
  [
    "names that objects have by birth",
    {
      type: "object",
      properties: { constructor: integer, toString: text },
      required: ["toString"],
    },
    [{}, { toString: "x" }, { toString: "x", constructor: 1 }, { constructor: 1 }],
  ],
  [
    "numbers between bounds",
    { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1, multipleOf: 0.25 },
    [0, 0.25, 0.3, 0.75, 1],
  ],
  [
    "whole numbers to their bounds",
    { type: "integer", minimum: -1, maximum: 1 },
    [-2, -1, 0, 1, 2],
  ],
  [
    "a text with a length, a format and a pattern",
    { type: "string", minLength: 11, maxLength: 12, format: "email", pattern: "^a" },
    ["a@example.de", "b@example.de", "a-example.de", "a@example.com", "a@exampl.de", "a@exam.de"],
  ],
];

const rows = table.map(([what, schema, values, definitions = {}]) => {
  return [what, { schema, values, definitions }] as const;
});

const said = <T>(act: () => T): T | string => {
  try {
    return act();
  } catch (error) {
    if (error instanceof Mismatch) return error.message;
    throw error;
  }
};

describe.each(runners)("%s", (_name, make) => {
  test.each(rows)("keep to %s", (_what, { schema, values, definitions }) => {
    const shape = shapeOf(schema, definitions);
    const expected = values.map((value) => said(() => shape.conform(value)));
    const arrived = values.map((value) => {
      const bytes = said(() => written({ schema, definitions, value }, make));
      return typeof bytes === "string" ? bytes : read({ schema, definitions }, make, bytes);
    });

    expect(arrived).toEqual(expected);
  });
});

test.each(runners)("%s find no definition where objects have something by birth", (_name, make) => {
  const schema: Schema = { $ref: "#/definitions/toString" };

  expect(() => written({ schema, definitions: {}, value: 1 }, make)).toThrow("which is not there");
});

test.each(runners)("%s let no text begin with the second half of a pair", (_name, make) => {
  const schema: Schema = { type: "array", items: text };
  for (const second of ["\udc00", "\udd00", "\udfff"]) {
    const value = ["\ud83d", second]; // in one text they would be a whole pair
    expect(() => written({ schema, definitions: {}, value }, make)).toThrow(
      "half a surrogate pair",
    );
  }
  const value = ["\ue000", "\ud7ff", "😀"];
  expect(
    read({ schema, definitions: {} }, make, written({ schema, definitions: {}, value }, make)),
  ).toEqual(value);
});
