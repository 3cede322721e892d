/** Where anything is allowed: what may travel, and that nothing is shared with the original. */
import { expect, test } from "vitest";
import { anything } from "../../src/schema/anything-shape.ts";
import { maxDepth } from "../../src/schema/visit.ts";
import { reference } from "../../src/schema/reference-shape.ts";
import { object } from "../../src/schema/object-shape.ts";
import { optional } from "../../src/schema/property.ts";
import type { Shape } from "../../src/schema/shape.ts";
import { bytes } from "../../src/schema/wire-type-shape.ts";
import { limitDefaults } from "../../src/wire/limits.ts";
import { mismatchOf } from "./mismatch-of.ts";

test("everything that may travel is copied, with nothing shared", () => {
  const value = {
    a: [1, "b", null, true],
    at: new Date(7),
    bytes: Uint8Array.of(1, 2),
    big: 5n,
    no: undefined,
  };

  const copy = anything<typeof value>().conform(value);

  expect(copy).toStrictEqual({
    a: [1, "b", null, true],
    at: new Date(7),
    bytes: Uint8Array.of(1, 2),
    big: 5n,
  });
  expect([copy.a, copy.at, copy.bytes].some((part) => Object.values(value).includes(part))).toBe(
    false,
  );
});

test("bytes of a Buffer do not share its memory", () => {
  const buffer = Buffer.from([1, 2, 3]);

  const copy = bytes().conform(buffer);
  buffer[0] = 9;

  expect(copy).toStrictEqual(Uint8Array.of(1, 2, 3));
});

test.each([
  [() => 1, "/x is of the type function, which cannot travel"],
  [Symbol("s"), "/x is of the type symbol, which cannot travel"],
  [new Map(), "/x is an instance of a class, which cannot travel"],
  [Number.NaN, "/x is not a finite number"],
  [new Date(Number.NaN), "/x is not a valid date"],
  [10n ** 1_000n, "/x has more than 1000 digits"],
  [-(10n ** 1_000n), "/x has more than 1000 digits"],
  [[undefined], "/x/0 is of the type undefined, which cannot travel"],
])("%s does not travel", (x, reason) => {
  expect(mismatchOf(anything(), { x })).toBe(reason);
});

const tree: Shape = object({
  left: optional(reference(() => tree)),
  right: optional(reference(() => tree)),
  more: optional(anything()),
});

test("as many levels as on the wire pass, one more does not", () => {
  const nested = (levels: number): unknown => (levels === 0 ? {} : { left: nested(levels - 1) });

  expect(maxDepth).toBe(limitDefaults.depth);
  expect(mismatchOf(tree, nested(maxDepth - 1))).toHaveProperty("accepted");
  expect(mismatchOf(tree, nested(maxDepth))).toMatch(/left is nested deeper than 64 levels$/);
});

test("a value that contains itself is refused where it does, not after trying all ways through it", () => {
  const root: Record<string, unknown> = {};
  Object.assign(root, { left: root, right: root, more: [root] });

  expect(mismatchOf(tree, root)).toBe("/left refers back to itself");
  expect(mismatchOf(anything(), root)).toBe("/left refers back to itself");
});

test("a definition that is only itself is a mismatch, not an overflow", () => {
  const self: Shape = reference(() => self);

  expect(mismatchOf(self, 1)).toBe(" is described by a definition that only refers to itself");
});
