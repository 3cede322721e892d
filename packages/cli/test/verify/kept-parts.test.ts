/** What a function between two releases has to leave alone, and what it may change. */
import type { Schema } from "@concordat/core";
import { expect, test } from "vitest";

import { covers, keptFault } from "../../src/verify/kept-parts.ts";
import { Reading } from "../../src/verify/reading.ts";
import type { Deviation } from "../../src/verify/same-value.ts";

const text: Schema = { type: "string" };

function objectOf(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", properties, required: Object.keys(properties) };
}

function faultOf(
  [from, value]: readonly [Schema, unknown],
  [to, found]: readonly [Schema, unknown],
  ...excepted: readonly string[]
): Deviation | undefined {
  return keptFault(
    { reading: new Reading({}), schemas: [from], value },
    { reading: new Reading({}), schemas: [to], value: found },
    excepted,
  );
}

const older = objectOf({ id: text, inner: objectOf({ a: text, b: text }) });
const newer = objectOf({ id: text, inner: objectOf({ a: text, b: { type: "integer" } }) });
const sent = { id: "i", inner: { a: "x", b: "1" } };

test("what both declare alike is kept, and what they declare otherwise may be anything", () => {
  expect(faultOf([older, sent], [newer, { id: "i", inner: { a: "x", b: 1 } }])).toBeUndefined();
  expect(faultOf([older, sent], [newer, { id: "i", inner: { a: "y", b: 1 } }])).toEqual({
    path: "/inner/a",
    what: "has another value",
  });
  expect(faultOf([older, sent], [newer, { inner: { a: "x", b: 1 } }])).toEqual({
    path: "/id",
    what: "is lost",
  });
  expect(faultOf([older, sent], [newer, { id: "i", inner: { a: "x" } }])).toBeUndefined();
});

test("what an adapter says that it loses is no fault, nor is what lies inside of it", () => {
  const found = { inner: { a: "y", b: 1 } };

  expect(faultOf([older, sent], [newer, found], "/id", "/inner")).toBeUndefined();
  expect(faultOf([older, sent], [newer, found], "/id")?.path).toBe("/inner/a");
  expect(faultOf([older, sent], [newer, found], "/inner/a")?.path).toBe("/id");
});

test("one loss that is declared hides no other, also where both releases say the same of the whole", () => {
  const inner = { a: "y", b: "1" };

  expect(faultOf([older, sent], [older, { id: "i", inner }], "/inner/a")).toBeUndefined();
  expect(faultOf([older, sent], [older, { id: "j", inner }], "/inner/a")?.path).toBe("/id");
  expect(faultOf([older, sent], [older, { id: "i", inner }], "/inner/ab")?.path).toBe("/inner/a");
});

test("another variant is another thing: what it shares with the first by name may change", () => {
  const variant = (tag: Schema, more: Schema): Schema => objectOf({ kind: tag, id: text, more });
  const [first, second] = [{ const: "first" }, { enum: ["second"] }];
  const from = { anyOf: [variant(first, text), variant(second, text)] };
  const to = { anyOf: [variant(first, true), variant(second, true)] };
  const value = { kind: "first", id: "i", more: "" };

  expect(faultOf([from, value], [to, { ...value, kind: "second", id: "j" }])).toBeUndefined();
  expect(faultOf([from, value], [to, { ...value, id: "j" }])?.path).toBe("/id");
});

test("a list may not get shorter, and one that becomes something else may be anything", () => {
  const [from, to] = [older, newer].map((items): Schema => ({ type: "array", items }));
  if (from === undefined || to === undefined) throw new TypeError("there are two");
  const right = { id: "i", inner: { a: "x", b: 1 } };

  expect(faultOf([from, [sent, sent]], [to, [right]])).toEqual({
    path: "",
    what: "lost elements: 1 of 2",
  });
  expect(faultOf([from, [sent]], [to, [right, right]])).toBeUndefined();
  expect(faultOf([from, [sent, sent]], [to, [right, { ...right, id: "j" }]])?.path).toBe("/1/id");
  expect(faultOf([from, [sent]], [older, sent])).toBeUndefined();
});

test.each([
  ["", "/a/b", true],
  ["/a", "/a", true],
  ["/a", "/a/b", true],
  ["/*/b", "/a/b", true],
  ["/a/b", "/a", false],
  ["/b", "/a/b", false],
  ["/*/c", "/a/b", false],
])("a loss at %j covers %j: %j", (pointer, path, isCovered) => {
  expect(covers(pointer, path)).toBe(isCovered);
});
