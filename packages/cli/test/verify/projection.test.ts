/** What a release keeps of a value, judged: a second reading of what the server's projection does. */
import type { Schema } from "@concordat/core";
import { expect, test } from "vitest";

import { projectionFault } from "../../src/verify/projection.ts";
import { Reading } from "../../src/verify/reading.ts";
import type { Deviation } from "../../src/verify/same-value.ts";

const line: Schema = {
  type: "object",
  properties: { sku: { type: "string" }, note: { type: "string" } },
  required: ["sku"],
};
const order: Schema = {
  type: "object",
  properties: { lines: { type: "array", items: line }, by: line },
  required: ["lines"],
};

function faultOf(whole: unknown, found: unknown, schema: Schema = order): Deviation | undefined {
  return projectionFault(new Reading({}), [schema], whole, found);
}

test("what is declared is kept and the rest is dropped, at every depth", () => {
  const whole = { lines: [{ sku: "a", x: 1 }], by: { sku: "b", x: 1 }, x: 1 };

  expect(faultOf(whole, { lines: [{ sku: "a" }], by: { sku: "b" } })).toBeUndefined();
  expect(faultOf({ lines: [], by: undefined }, { lines: [] })).toBeUndefined();
});

test.each([
  [
    { lines: [{ sku: "a" }], x: 1 },
    { path: "/x", what: "is not declared, and came through" },
  ],
  [
    { lines: [{ sku: "a", x: 1 }] },
    { path: "/lines/0/x", what: "is not declared, and came through" },
  ],
  [{ lines: [{ sku: "b" }] }, { path: "/lines/0/sku", what: "has another value" }],
  [{ lines: [{}] }, { path: "/lines/0/sku", what: "is lost" }],
  [{ lines: [{ sku: "a", note: "" }] }, { path: "/lines/0/note", what: "comes from nowhere" }],
  [{ lines: [] }, { path: "/lines", what: "has 0 elements instead of 1" }],
  [{ lines: { 0: { sku: "a" } } }, { path: "/lines", what: "has another value" }],
  [{}, { path: "/lines", what: "is lost" }],
  [[], { path: "", what: "has another value" }],
])("%j is no projection of the order that it is said to be of", (found, deviation) => {
  expect(faultOf({ lines: [{ sku: "a", x: 1 }], x: 1 }, found)).toEqual(deviation);
});

test("where alternatives overlap, either may be kept, and the deepest fault is told of what is neither", () => {
  const either: Schema = {
    anyOf: [line, { type: "object", properties: { by: line }, required: ["by"] }],
  };
  const whole = { sku: "a", by: { sku: "b", x: 1 } };

  expect(faultOf(whole, { sku: "a" }, either)).toBeUndefined();
  expect(faultOf(whole, { by: { sku: "b" } }, either)).toBeUndefined();
  expect(faultOf(whole, { by: { sku: "c" } }, either)?.path).toBe("/by/sku");
});

test("in an object that says nothing of its members everything is kept", () => {
  expect(faultOf({ a: 1 }, { a: 1 }, { type: "object" })).toBeUndefined();
  expect(faultOf({ a: 1 }, {}, { type: "object" })).toEqual({ path: "/a", what: "is lost" });
});
