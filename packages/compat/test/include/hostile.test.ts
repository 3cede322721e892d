/** Schemas that are none, that never end, or that would take for ever: the answer is always a finding. */
import type { Schema } from "@concordat/core";
import { describe, expect, test } from "vitest";
import { compareSchemas } from "../../src/index.ts";

const text: Schema = { type: "string" };

/** Anything at all, as a program that reads a file would hand it over. */
function compare(before: unknown, after: unknown) {
  // No schema at all, often; that is the point.
  return compareSchemas(before as Schema, after as Schema, "request");
}

function nested(depth: number, inner: unknown): unknown {
  let schema = inner;
  for (let level = 0; level < depth; level += 1)
    schema = { type: "object", properties: { a: schema }, required: ["a"] };
  return schema;
}

describe("what cannot be read is undecided, with the place and the reason", () => {
  test.each([
    ["a number", 5, "its root"],
    ["null", null, "its root"],
    ["undefined", undefined, "its root"],
    [
      "a dangling reference",
      { properties: { a: { $ref: "#/definitions/Nobody" } } },
      "/properties/a/$ref",
    ],
    ["an external reference", { $ref: "https://example.org/schema.json#/a" }, "/$ref"],
    [
      "a reference to itself",
      { definitions: { A: { $ref: "#/definitions/A" } }, $ref: "#/definitions/A" },
      "/definitions/A",
    ],
    [
      "a reference to itself among variants",
      { definitions: { A: { oneOf: [{ $ref: "#/definitions/A" }] } }, $ref: "#/definitions/A" },
      "/definitions/A",
    ],
    ["a broken pattern", { properties: { a: { pattern: "(" } } }, "/properties/a/pattern"],
    ["a broken name pattern", { patternProperties: { "[": true } }, "/patternProperties"],
    ["an unknown type", { type: "strnig" }, "/type"],
    ["a negative length", { minLength: -1 }, "/minLength"],
    ["a multiple of zero", { multipleOf: 0 }, "/multipleOf"],
    ["a list where a schema belongs", { properties: { a: [] } }, "/properties"],
  ])("%s", (_, schema, place) => {
    for (const [before, after] of [
      [schema, text],
      [text, schema],
    ]) {
      const { verdict, changes } = compare(before, after);

      expect(verdict).toBe("undecided");
      expect(changes.map(({ rule }) => rule)).toContain("unreadable-schema");
      expect(changes.map(({ message }) => message).join()).toContain(place);
    }
  });
});

describe("what is too deep or too much is undecided, soon", () => {
  test("10,000 levels of nesting", () => {
    const { verdict, changes } = compare(nested(10_000, text), text);

    expect(verdict).toBe("undecided");
    expect(changes[0]?.message).toContain("nested deeper than");
  });

  test("300 levels that differ at the bottom", () => {
    expect(["undecided", "breaking"]).toContain(
      compare(nested(300, text), nested(300, { type: "integer" })).verdict,
    );
  });

  test("10,000 references in a row", () => {
    const definitions: { [name: string]: unknown } = { D10000: text };
    for (let index = 0; index < 10_000; index += 1)
      definitions[`D${index}`] = { $ref: `#/definitions/D${index + 1}` };

    expect(["undecided", "compatible"]).toContain(
      compare({ $ref: "#/definitions/D0", definitions }, text).verdict,
    );
  });

  test("a pattern whose automaton has millions of states", () => {
    const { verdict } = compare(
      { ...Object(text), pattern: "^[ab]*a[ab]{40}$" },
      { ...Object(text), pattern: "^[ab]*b[ab]{41}$" },
    );

    expect(verdict).not.toBe("compatible");
  });

  test("a union in which every property may break every variant", () => {
    const names = Array.from({ length: 12 }, (_, index) => `p${index}`);
    const variant = (kind: number) => ({
      type: "object",
      properties: Object.fromEntries(
        names.map((name, index) => [
          name,
          { type: "integer", multipleOf: 2 + ((index * kind) % 7) },
        ]),
      ),
    });
    const sender = {
      type: "object",
      properties: Object.fromEntries(names.map((name) => [name, { type: "integer" }])),
    };
    const receiver = { anyOf: Array.from({ length: 10 }, (_, kind) => variant(kind + 1)) };

    expect(["undecided", "breaking"]).toContain(compare(sender, receiver).verdict);
  });

  test("a schema object that contains itself", () => {
    const properties: { [name: string]: unknown } = {};
    const schema = { type: "object", properties };
    properties["self"] = schema;

    expect(["compatible", "undecided"]).toContain(compare(schema, schema).verdict);
  });

  test("the limit of work is respected", () => {
    const limits = { steps: 5 };
    const [before, after] = [nested(20, { type: "integer" }), nested(20, { minimum: 1 })];
    // Both are made above.
    const { verdict, changes } = compareSchemas(before as Schema, after as Schema, "request", {
      limits,
    });

    expect(verdict).toBe("undecided");
    expect(changes.map(({ message }) => message).join()).toContain("limit of work");
  });
});

describe("names that mean something to JavaScript are names", () => {
  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s", (name) => {
    const schema = (type: string): unknown =>
      JSON.parse(
        `{"type":"object","properties":{"${name}":{"type":"${type}"}},"required":["${name}"]}`,
      );
    const { verdict, changes } = compare(schema("string"), schema("integer"));

    expect(verdict).toBe("breaking");
    expect(changes[0]?.path).toBe(`/${name}`);
    expect(Object.hasOwn(Object(changes[0]?.witness), name)).toBe(true);
    expect(Object.prototype).not.toHaveProperty("polluted");
  });
});

/** Variants that all refer to their union; one may be narrower than the others. */
function variants(count: number, changedAt: number): unknown {
  const definitions = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `V${index}`,
      {
        type: "object",
        properties: {
          [`value${index % 3}`]: { type: index === changedAt ? "integer" : "number" },
          children: { type: "array", items: { $ref: "#/definitions/Any" } },
          next: { $ref: "#/definitions/Any" },
        },
        required: ["next"],
      },
    ]),
  );
  const Any = {
    anyOf: [
      { type: "null" },
      ...Object.keys(definitions).map((name) => ({ $ref: `#/definitions/${name}` })),
    ],
  };
  return { $ref: "#/definitions/Any", definitions: { ...definitions, Any } };
}

test("twelve mutually recursive variants without a discriminator are decided in few steps", () => {
  const limits = { steps: 40_000 };
  const [wide, narrow] = [variants(12, -1), variants(12, 5)] as [Schema, Schema]; // made above

  expect(compareSchemas(narrow, wide, "request", { limits }).verdict).toBe("compatible");
  expect(compareSchemas(wide, narrow, "request", { limits }).verdict).not.toBe("undecided");
});

test("a comparison that runs out of steps ends, however many ways were left to try", () => {
  const limits = { steps: 50 };
  const [wide, narrow] = [variants(12, -1), variants(12, 5)] as [Schema, Schema]; // made above

  expect(compareSchemas(wide, narrow, "request", { limits }).verdict).toBe("undecided");
}, 60_000);

test.each<[string, Schema, Schema]>([
  [
    "listed numbers",
    { type: "integer", minimum: 0, maximum: 5_000 },
    { enum: Array.from({ length: 2_500 }, (_, value) => value) },
  ],
  ["elements", { type: "array", minItems: 6_000 }, { type: "array", minItems: 6_001 }],
  [
    "different elements",
    { type: "array", uniqueItems: true, minItems: 70 },
    { type: "array", uniqueItems: true, minItems: 71 },
  ],
  [
    "properties",
    { type: "object", minProperties: 1_100 },
    { type: "object", minProperties: 1_101 },
  ],
])("a break behind more %s than are tried is not called compatible", (_what, before, after) => {
  expect(compareSchemas(before, after, "request").verdict).toBe("undecided");
});
