/** Objects: what is kept, what is left out, what is refused. */
import { describe, expect, test } from "vitest";
import { anything, nothing } from "../../src/schema/anything-shape.ts";
import { compiledCombinators } from "../../src/schema/compiled-combinators.ts";
import { integer } from "../../src/schema/number-shape.ts";
import { object, record } from "../../src/schema/object-shape.ts";
import { openObject } from "../../src/schema/open-object-shape.ts";
import { optional } from "../../src/schema/property.ts";
import { shapeOf } from "../../src/schema/shape-of-schema.ts";
import { string } from "../../src/schema/string-shape.ts";
import { mismatchOf } from "./mismatch-of.ts";

const ways = { closures: object, "functions of their own": compiledCombinators().object };

test("a compiled look takes any name for a name", () => {
  const names = ['"]; throw 1; ["', "\u2028", "\n", "${id}", "toString", "isWhole", "born", "a/b"];
  const shape = ways["functions of their own"](
    Object.fromEntries(names.map((name) => [name, optional(string())])),
  );
  const whole = Object.fromEntries(names.map((name) => [name, name]));

  expect(shape.conform(whole)).toStrictEqual(whole);
  expect(shape.conform({ ...whole, "\n": undefined, secret: 1 })).toStrictEqual(
    Object.fromEntries(Object.entries(whole).filter(([name]) => name !== "\n")),
  );
  expect(mismatchOf(shape, { toString: 1 })).toBe("/toString is not a string");
});

describe.each(Object.entries(ways))("an object with declared properties, by %s", (_, made) => {
  const shape = made({ id: string(), note: optional(string()) });

  test("loses what is not declared, and is a fresh plain object", () => {
    const value: unknown = Object.assign(Object.create(null), { note: "n", id: "1", secret: 1 });

    const result = shape.conform(value);

    expect(result).toEqual({ id: "1", note: "n" });
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  });

  test("takes a property that is undefined for a missing one", () => {
    expect(shape.conform({ id: "1", note: undefined })).toStrictEqual({ id: "1" });
    expect(mismatchOf(shape, { id: undefined })).toBe("/id is missing");
  });

  test("does not find a required property on the prototype", () => {
    expect(mismatchOf(made({ constructor: anything() }), {})).toBe("/constructor is missing");
    expect(made({ constructor: anything() }).conform({ constructor: 1 })).toEqual({
      constructor: 1,
    });
  });

  test.each([new Date(0), new Uint8Array(1), new Map(), [], new URL("x:y"), null, "x"])(
    "is never %o",
    (value) => {
      expect(mismatchOf(made({}), value)).toBe(" is not an object");
    },
  );

  test("cannot declare __proto__", () => {
    const properties = { ["__proto__"]: true };

    expect(() => shapeOf({ type: "object", properties }, {})).toThrow(/__proto__/);
  });
});

describe("a property called __proto__", () => {
  const hostile = JSON.parse('{"a":1,"__proto__":{"admin":true}}') as unknown;

  test("is left out of an object that does not declare it", () => {
    expect(object({ a: integer() }).conform(hostile)).toStrictEqual({ a: 1 });
  });

  test.each([record(anything()), openObject(), anything()])(
    "is refused where any name is allowed",
    (shape) => {
      expect(mismatchOf(shape, hostile)).toBe("/__proto__ cannot be the name of a property");
    },
  );
});

describe("undeclared properties", () => {
  test("are refused where the schema forbids them", () => {
    const closed = object({ a: integer() }, { additionalProperties: nothing() });

    expect(mismatchOf(closed, { a: 1, b: 2 })).toBe("/b is not allowed");
  });

  test("are kept and checked where the schema has a shape for them", () => {
    const open = object({ a: integer() }, { additionalProperties: string() });

    expect(open.conform({ a: 1, b: "x" })).toEqual({ a: 1, b: "x" });
    expect(mismatchOf(open, { a: 1, b: 2 })).toBe("/b is not a string");
  });

  test("are kept in an object that declares no property at all", () => {
    expect(shapeOf({ type: "object" }, {}).conform({ a: 1 })).toEqual({ a: 1 });
    expect(shapeOf({ type: "object", properties: {} }, {}).conform({ a: 1 })).toEqual({});
  });

  test("stay when they are required, or needed beside others", () => {
    const shape = shapeOf(
      { type: "object", properties: { a: true }, required: ["b"], dependentRequired: { a: ["c"] } },
      {},
    );

    expect(shape.conform({ a: 1, b: 2, c: 3, d: 4 })).toEqual({ a: 1, b: 2, c: 3 });
  });

  test("that match a pattern count as declared, and match what both declare", () => {
    const shape = shapeOf(
      {
        type: "object",
        properties: { "x-a": { type: "object", properties: { p: true } } },
        patternProperties: { "^x-": { type: "object", properties: { q: true } } },
      },
      {},
    );
    const value = { p: 1, q: 2, r: 3 };

    expect(shape.conform({ "x-a": value, "x-b": value, y: 1 })).toEqual({
      "x-a": { p: 1, q: 2 },
      "x-b": { q: 2 },
    });
  });
});

describe("rules about the whole", () => {
  test.each([
    [{ minProperties: 2 }, { a: 1 }, " has fewer properties than 2"],
    [{ maxProperties: 1 }, { a: 1, b: 2 }, " has more properties than 1"],
    [
      { propertyNames: string({ maxLength: 1 }) },
      { ab: 1 },
      "/ab has a name that is longer than 1",
    ],
    [{ dependentRequired: { a: ["b"] } }, { a: 1 }, "/b is missing beside a"],
  ])("%o", (rules, value, reason) => {
    expect(mismatchOf(openObject(rules), value)).toBe(reason);
  });

  test("a number of properties that only undeclared ones make up is too small", () => {
    const shape = object({ a: integer() }, { minProperties: 2 });

    expect(mismatchOf(shape, { a: 1, b: 2 })).toBe(
      " has fewer properties than 2 once undeclared properties are left out",
    );
  });
});
