/** Values that several schemas describe. */
import { expect, test } from "vitest";
import type { Schema } from "../../src/schema/schema.ts";
import { shapeOf } from "../../src/schema/shape-of-schema.ts";
import { mismatchOf } from "./mismatch-of.ts";

const lines = (name: string): Schema => ({
  type: "object",
  properties: {
    lines: {
      type: "array",
      items: { type: "object", properties: { [name]: { type: "integer" } } },
    },
  },
});

test("what any of the schemas declares is kept, at every depth", () => {
  const shape = shapeOf({ allOf: [lines("a"), lines("b")] }, {});

  expect(shape.conform({ lines: [{ a: 1, b: 2, c: 3 }], d: 4 })).toEqual({
    lines: [{ a: 1, b: 2 }],
  });
});

test("a schema that says nothing about properties does not open what another one closes", () => {
  const shape = shapeOf(
    {
      allOf: [
        { type: "object", properties: { a: { properties: { x: true } } } },
        { properties: { a: true } },
        {},
      ],
    },
    {},
  );

  expect(shape.conform({ a: { x: 1, y: 2 }, b: 1 })).toEqual({ a: { x: 1 } });
});

test("a property that another schema requires is not left out", () => {
  const shape = shapeOf(
    { type: "object", properties: { a: true }, allOf: [{ required: ["b"] }] },
    {},
  );

  expect(shape.conform({ a: 1, b: { c: 2 }, d: 3 })).toEqual({ a: 1, b: { c: 2 } });
});

test("what a condition speaks of is kept, and does not close an object", () => {
  const condition: Schema = {
    type: "object",
    if: { properties: { kind: { const: "a" } }, required: ["kind"] },
    then: { properties: { x: { type: "integer" } }, required: ["x"] },
    else: { properties: { y: { type: "integer" } } },
  };
  const open = shapeOf(condition, {});
  const closed = shapeOf({ ...condition, properties: { id: true } }, {});

  expect(open.conform({ kind: "a", x: 1, z: 2 })).toEqual({ kind: "a", x: 1, z: 2 });
  expect(closed.conform({ id: 1, kind: "a", x: 1, y: 2, z: 3 })).toEqual({
    id: 1,
    kind: "a",
    x: 1,
  });
  expect(closed.conform({ id: 1, kind: "b", x: 1, y: 2 })).toEqual({ id: 1, y: 2 });
  expect(mismatchOf(closed, { kind: "a" })).toBe("/x is missing");
});

test("values of the wire that JSON does not have are copied once and stay what they are", () => {
  const shape = shapeOf(
    {
      allOf: [
        { properties: { at: { "x-concordat": "timestamp" } } },
        { properties: { at: true, b: { "x-concordat": "bytes" } } },
      ],
    },
    {},
  );
  const value = { at: new Date(5), b: Uint8Array.of(1) };

  expect(shape.conform(value)).toEqual(value);
});
