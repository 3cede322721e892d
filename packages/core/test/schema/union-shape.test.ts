/** Unions: which alternative decides, what is kept, and how long it takes. */
import { describe, expect, test } from "vitest";
import type { Definitions, Schema } from "../../src/schema/schema.ts";
import { shapeOf } from "../../src/schema/shape-of-schema.ts";
import { mismatchOf } from "./mismatch-of.ts";

const integers = (...names: string[]): Schema => ({
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, { type: "integer" }])),
});

const event = (kind: string, property: string): Schema => ({
  type: "object",
  properties: { kind: { const: kind }, [property]: { type: "string" } },
  required: ["kind", property],
});

const chain = (leaf: unknown): unknown => {
  let value = leaf;
  for (let level = 0; level < 60; level += 1) value = { next: value, extra: level };
  return value;
};

const self: Schema = { $ref: "#/definitions/Node" };

const node = (...names: string[]): Schema => ({
  type: "object",
  properties: {
    next: self,
    ...Object.fromEntries(names.map((name) => [name, true])),
  },
});

describe("a union without a discriminator", () => {
  test("keeps what the alternative declares that loses least, not what the first one declares", () => {
    const shape = shapeOf({ anyOf: [integers("a"), integers("b"), integers("b", "c")] }, {});

    expect(shape.conform({ b: 1 })).toEqual({ b: 1 });
    expect(shape.conform({ b: 1, c: 2, d: 3 })).toEqual({ b: 1, c: 2 });
  });

  test("takes the first of those that lose the same", () => {
    const shape = shapeOf({ anyOf: [integers("a"), integers("b")] }, {});

    expect(shape.conform({ a: 1, b: 2 })).toEqual({ a: 1 });
  });

  test("counts what the schemas beside it keep", () => {
    const base = integers("id");
    const shape = shapeOf({ allOf: [{ anyOf: [integers("id", "z"), integers("v")] }, base] }, {});

    expect(shape.conform({ id: 1, v: 2 })).toEqual({ id: 1, v: 2 });
  });

  test("says that none matches", () => {
    const shape = shapeOf({ anyOf: [{ type: "string" }, { type: "integer" }] }, {});

    expect(mismatchOf(shape, true)).toBe(" matches none of the 2 alternatives");
  });
});

describe("a union with a discriminator", () => {
  const definitions: Definitions = {
    Paid: event("paid", "amount"),
    Sent: event("sent", "carrier"),
  };
  const shape = shapeOf(
    { anyOf: [{ $ref: "#/definitions/Paid" }, { $ref: "#/definitions/Sent" }, { type: "null" }] },
    definitions,
  );

  test("reports what is wrong with the alternative that was meant", () => {
    expect(mismatchOf(shape, { kind: "sent", carrier: 1 })).toBe("/carrier is not a string");
    expect(mismatchOf(shape, { kind: "lost" })).toBe("/kind is none of the 2 allowed values");
    expect(mismatchOf(shape, { amount: "1" })).toBe("/kind is missing");
  });

  test("still takes other kinds of value", () => {
    expect(shape.conform(null)).toBe(null);
    expect(mismatchOf(shape, 1)).toBe(" matches none of the 3 alternatives");
  });

  test("is none when two alternatives share a value", () => {
    const alike = shapeOf({ anyOf: [event("paid", "amount"), event("paid", "carrier")] }, {});

    for (const value of [
      { kind: "paid", carrier: "c" },
      { kind: "paid", amount: "a" },
    ]) {
      expect(alike.conform(value)).toEqual(value);
    }
  });
});

test("oneOf refuses a value that two alternatives accept, and says how many", () => {
  const shape = shapeOf(
    { oneOf: [{ type: "integer" }, { type: "number", minimum: 5 }, { type: "null" }] },
    {},
  );

  expect(shape.conform(5.5)).toBe(5.5);
  expect(mismatchOf(shape, 6)).toBe(
    " matches 2 of the 2 alternatives where exactly one is allowed",
  );
});

test("a value that turns into another alternative's without its undeclared properties is refused", () => {
  const shape = shapeOf(
    { anyOf: [integers("b"), { ...Object(integers("a")), minProperties: 2 }] },
    {},
  );

  expect(mismatchOf(shape, { a: 1, c: 2 })).toBe(
    " matches another alternative once undeclared properties are left out",
  );
});

test("what one alternative found out about a part is of no harm to the next one", () => {
  const part: Schema = { properties: { x: { $ref: "#/definitions/Either" } } };
  const shape = shapeOf(
    { anyOf: [{ allOf: [part, { required: ["y"] }] }, part] },
    { Either: { anyOf: [{ properties: { a: {} } }, { properties: { b: {} } }] } },
  );

  expect(shape.conform({ x: { a: { deep: 1 }, c: 2 } })).toStrictEqual({ x: { a: { deep: 1 } } });
});

describe("a message of sixty levels is checked in no time, although", () => {
  test.each<[string, Schema]>([
    [
      "each level fits two alternatives, neither without loss",
      { anyOf: [node("a"), node("b"), { const: 1 }] },
    ],
    [
      "each level fits two alternatives and has to fit one",
      { oneOf: [node("a"), { ...Object(node("b")), required: ["b"] }, { const: 1 }] },
    ],
    ["each level is described twice", { allOf: [node("a"), node("b")] }],
    [
      "each level is looked at for what it must not be",
      { ...Object(node("a")), not: { ...Object(node("b")), required: ["b"] } },
    ],
    [
      "each level has a name that two patterns match",
      { type: "object", patternProperties: { "^n": self, "^[a-n]": self } },
    ],
  ])("%s", (_name, schema) => {
    const shape = shapeOf(self, { Node: schema });

    // Two to the power of sixty tries would still be at it at the end of the universe.
    expect(mismatchOf(shape, chain("not a node"))).toMatch(/next|alternatives|object/);
    expect(mismatchOf(shape, chain({}))).toBeDefined();
  });

  test.each<[string, Schema, (inside: unknown) => unknown]>([
    [
      "each level is searched for what it has to contain",
      { type: "array", items: self, contains: self, minContains: 0 },
      (inside) => [inside],
    ],
    [
      "each level has a condition that holds",
      { if: node(), then: node() },
      (inside) => ({ next: inside }),
    ],
  ])("%s", (_name, schema, around) => {
    let value = around(1);
    for (let level = 0; level < 60; level += 1) value = around(value);

    expect(mismatchOf(shapeOf(self, { Node: schema }), value)).toBeDefined();
  });
});

test("what two patterns match is looked at as often above few levels as above many", () => {
  const each: Schema = {
    type: "object",
    properties: { x: { type: "integer" } },
    patternProperties: { "^n": self, "^[a-n]": self },
  };
  const shape = shapeOf(self, { Node: each });
  const looksBelow = (levels: number): number => {
    let looks = 0;
    const leaf = {
      get x(): number {
        looks += 1;
        return 1;
      },
    };
    let value: unknown = leaf;
    for (let level = 0; level < levels; level += 1) value = { next: value };
    shape.conform(value);
    return looks;
  };

  expect(looksBelow(50)).toBe(looksBelow(5));
});
