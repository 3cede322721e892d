/** Scalars, lists of values, arrays and tuples: what is said about a value that does not match. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasAtLeast, hasAtMost } from "../../src/schema/code-points.ts";
import type { Definitions, Schema } from "../../src/schema/schema.ts";
import { shapeOf } from "../../src/schema/shape-of-schema.ts";
import { mismatchOf } from "./mismatch-of.ts";

test.each<[Schema, unknown, string]>([
  [{ type: "boolean" }, 1, " is not a boolean"],
  [{ type: "integer" }, 1.5, " is not an integer"],
  [{ type: "number" }, Infinity, " is not a number"],
  [{ type: "number", minimum: 2 }, 1, " is less than 2"],
  [{ type: "number", maximum: 2 }, 3, " is more than 2"],
  [{ type: "number", exclusiveMinimum: 2 }, 2, " is not more than 2"],
  [{ type: "number", exclusiveMaximum: 2 }, 2, " is not less than 2"],
  [{ type: "number", multipleOf: 0.1 }, 0.35, " is not a multiple of 0.1"],
  [{ type: "number", multipleOf: 0.3 }, 3_000_000_000.1, " is not a multiple of 0.3"],
  // A release may go on with integers: no other number was ever sent.
  [{ type: "number", multipleOf: 1 }, 1.00000000001, " is not a multiple of 1"],
  [{ type: "number", multipleOf: 2 }, 5e-324, " is not a multiple of 2"],
  [{ type: "string" }, 1, " is not a string"],
  [{ type: "string", minLength: 3 }, "ab", " is shorter than 3"],
  [{ type: "string", maxLength: 1 }, "ab", " is longer than 1"],
  [{ type: "string", pattern: "^a" }, "b", " does not match the pattern"],
  [{ type: "string", format: "uuid" }, "b", " is not of the format uuid"],
  [{ const: "a" }, "b", ' is not "a"'],
  [{ enum: ["a", "b"] }, "c", " is none of the 2 allowed values"],
  [
    { anyOf: [{ const: "a" }, { type: "integer", const: 1 }] },
    2,
    " is none of the 2 allowed values",
  ],
  [{ type: "array", items: { type: "integer" } }, [1, "b"], "/1 is not an integer"],
  [{ type: "array" }, {}, " is not an array"],
  [{ type: "array", minItems: 1 }, [], " has fewer items than 1"],
  [{ type: "array", maxItems: 1 }, [1, 2], " has more items than 1"],
  [{ type: "array", uniqueItems: true }, [{ a: 1 }, [], { a: 1 }], "/2 is the same as item 0"],
  [
    { type: "array", uniqueItems: true },
    [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    "/1 is the same as item 0",
  ],
  [{ type: "array", uniqueItems: true }, [new Date(7), new Date(7)], "/1 is the same as item 0"],
  [{ const: [1] }, [1, 2], " is not [1]"],
  [
    { type: "array", contains: { const: 1 }, minContains: 2 },
    [1, 3],
    " contains fewer such items than 2",
  ],
  [
    { type: "array", contains: { const: 1 }, maxContains: 1 },
    [1, 1],
    " contains more such items than 1",
  ],
  [
    { type: "array", items: [{ type: "string" }], additionalItems: false },
    ["a", 1],
    "/1 is not allowed",
  ],
  [
    { type: "array", prefixItems: [{ type: "string" }], items: { type: "null" } },
    ["a", 1],
    "/1 is not null",
  ],
  [{ not: { type: "string" } }, "a", " matches what it must not match"],
  [{ not: {} }, 1, " is not allowed"],
  [{ "x-concordat": "bytes" }, [1], " is not bytes"],
  [{ "x-concordat": "timestamp" }, "2024-01-01", " is not a timestamp"],
  [{ "x-concordat": "bigint" }, 1, " is not a big integer"],
])("%o refuses %o", (schema, value, reason) => {
  expect(mismatchOf(shapeOf(schema, {}), value)).toBe(reason);
});

test.each<[Schema, unknown]>([
  [{ type: "array", uniqueItems: true }, [1, "1", [], {}, [1], { a: 1 }, { b: 1 }, 1n, null]],
  [{ type: "array", uniqueItems: true }, [new Date(7), new Date(8)]],
  [{ type: "number", multipleOf: 0.1 }, 0.3],
  [{ type: "number", multipleOf: 0.1 }, 0.1 + 0.2],
  // As it is written, a multiple of 3 is one of 0.3, and the engine proves it.
  [{ type: "number", multipleOf: 0.3 }, 3e9],
  [{ type: "number", multipleOf: 0.3 }, 2_100_000_000.3],
  [{ type: "number", multipleOf: 0.01 }, 90_000_000_000.07],
  [{ type: "number", multipleOf: 0.1 }, 99_999_999_999.9],
  [{ type: "number", multipleOf: 0.01 }, 1e308],
  [{ type: "integer" }, 1e21],
  [{ minLength: 3 }, 1],
  [{ type: ["integer", "number"] }, 0.5],
  [{ type: "string", format: "no-such-format" }, "x"],
  [{ type: "object", enum: [{ a: [1] }, "b"] }, { a: [1] }],
  [{ type: "array", items: [{ type: "string" }] }, []],
  [{ contains: { const: 1 }, minContains: 0 }, []],
])("%o accepts %o", (schema, value) => {
  expect(shapeOf(schema, {}).conform(value)).toEqual(value);
});

test("an item is looked at a few times, however many arrays of unique items it stands in", () => {
  const self: Schema = { $ref: "#/definitions/Nest" };
  let looks = 0;
  let value: unknown = [
    {
      get id() {
        looks += 1;
        return 1;
      },
    },
  ];
  for (let level = 0; level < 60; level += 1) value = [1, value];
  const items: Schema = { anyOf: [self, { type: ["integer", "object"] }] };
  const definitions: Definitions = { Nest: { type: "array", uniqueItems: true, items } };
  shapeOf(self, definitions).conform(value);

  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThan(20);
});

test("items that differ only in what is left out are not unique", () => {
  const items: Schema = { type: "object", properties: { a: true } };
  const shape = shapeOf({ type: "array", items, uniqueItems: true }, {});

  expect(
    mismatchOf(shape, [
      { a: 1, z: 1 },
      { a: 1, z: 2 },
    ]),
  ).toBe("/1 is the same as item 0 once undeclared properties are left out");
});

test.each<[Schema, unknown, string]>([
  [
    { items: { properties: { a: true } }, contains: { required: ["b"] } },
    [{ a: 1, b: 1 }],
    " contains fewer such items than 1",
  ],
  [
    { properties: { a: true }, not: { not: { required: ["b"] } } },
    { a: 1, b: 1 },
    " matches what it must not match",
  ],
])("what only holds with an undeclared property is refused: %o", (schema, value, reason) => {
  expect(mismatchOf(shapeOf(schema, {}), value)).toBe(
    `${reason} once undeclared properties are left out`,
  );
});

test("a pattern is not run on a text that is too long for it", () => {
  const shape = shapeOf({ type: "string", maxLength: 10, pattern: "^(a+)+$" }, {});

  expect(mismatchOf(shape, `${"a".repeat(60)}!`)).toBe(" is longer than 10");
});

test("lengths are those of the text's code points", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(12), (text, count) => {
      const length = Array.from(text).length;
      expect([hasAtLeast(text, count), hasAtMost(text, count)]).toEqual([
        length >= count,
        length <= count,
      ]);
    }),
  );
});

describe("a path", () => {
  const shape = shapeOf({ type: "object", additionalProperties: { type: "integer" } }, {});

  test("is a JSON pointer", () => {
    expect(mismatchOf(shape, { "a/b~c": "x" })).toBe("/a~1b~0c is not an integer");
  });

  test("lets no name that a peer chose break a log line, or fill it", () => {
    expect(mismatchOf(shape, { "a\n\u2028\u001b[0m": "x" })).toBe(
      "/a\\u{a}\\u{2028}\\u{1b}[0m is not an integer",
    );
    expect(mismatchOf(shape, { ["n".repeat(1_000)]: "x" })).toBe(
      `/${"n".repeat(64)}… is not an integer`,
    );
  });
});

test("a reference leads to a definition of the release, or the shape is not made", () => {
  expect(() => shapeOf({ $ref: "#/definitions/Missing" }, {})).toThrow(
    /"Missing", which is not there/,
  );
  expect(() => shapeOf({ $ref: "#/definitions/toString" }, {})).toThrow(
    /"toString", which is not there/,
  );
  expect(() => shapeOf({ $ref: "https://other/schema" }, {})).toThrow(
    /refers to "https:\/\/other\/schema"/,
  );
});
