/** When two values that travelled are the same, and where they are not. */
import { expect, test } from "vitest";

import { differenceOf } from "../../src/verify/same-value.ts";

const whole = {
  list: [{ a: 1 }, { a: 2 }],
  bytes: Uint8Array.of(1, 2),
  at: new Date(5),
  "a/b": null,
};

test("equal values are the same, whoever made them and in whatever order", () => {
  const other = {
    "a/b": null,
    at: new Date(5),
    bytes: Uint8Array.of(1, 2),
    list: [{ a: 1 }, { a: 2 }],
  };

  expect(differenceOf(whole, other)).toBeUndefined();
});

test.each([
  [{ bytes: Uint8Array.of(1) }, "/bytes", "has another value"],
  [{ bytes: Uint8Array.of(1, 3) }, "/bytes", "has another value"],
  [{ bytes: [1, 2] }, "/bytes", "has another value"],
  [{ at: new Date(6) }, "/at", "has another value"],
  [{ at: 5 }, "/at", "has another value"],
  [{ "a/b": undefined }, "/a~1b", "has another value"],
  [{ list: [{ a: 1 }] }, "/list", "has 1 element instead of 2"],
  [{ list: [{ a: 1 }, { a: 3 }] }, "/list/1/a", "has another value"],
  [{ list: [{ a: 1 }, {}] }, "/list/1/a", "is lost"],
  [{ list: [{ a: 1 }, { a: 2, b: 1 }] }, "/list/1/b", "comes from nowhere"],
  [{ list: { 0: { a: 1 }, 1: { a: 2 } } }, "/list", "has another value"],
])("%j in its place is another value", (change, path, what) => {
  expect(differenceOf(whole, { ...whole, ...change })).toEqual({ path, what });
});

function isExcepted(path: string): boolean {
  return path === "/x" || path === "/inner/y";
}

function differ(expected: unknown, found: unknown): unknown {
  return differenceOf(expected, found, "", isExcepted)?.path;
}

test("what is excepted may be lost, added and changed, and nothing beside it", () => {
  expect(differ({ x: 1, z: 1 }, { z: 1 })).toBeUndefined();
  expect(differ({ z: 1 }, { x: 1, z: 1 })).toBeUndefined();
  expect(differ({ x: 1 }, { x: 2 })).toBeUndefined();
  expect(differ({ inner: { y: 1 } }, { inner: { y: 2 } })).toBeUndefined();
  expect(differ({ x: 1, z: 1 }, {})).toBe("/z");
  expect(differ({ inner: { y: 1, z: 1 } }, { inner: { y: 2, z: 2 } })).toBe("/inner/z");
});
