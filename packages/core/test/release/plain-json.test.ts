/** What JSON would lose is found with its place. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jsonLoss } from "../../src/release/plain-json.ts";

test("nothing is lost of what came out of JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonLoss(JSON.parse(JSON.stringify(value)))).toBeUndefined();
    }),
  );
});

test.each<readonly [what: string, value: unknown]>([
  ["undefined", undefined],
  ["a bigint", 1n],
  ["a function", () => 1],
  ["a symbol", Symbol("x")],
  ["the number NaN", Number.NaN],
  ["the number Infinity", Infinity],
  ["a Date", new Date(0)],
  ["a Uint8Array", Uint8Array.of(1)],
  ["a Map", new Map()],
])("%s is found, however deep", (what, value) => {
  expect(jsonLoss(value)).toEqual({ path: "", what });
  expect(jsonLoss({ a: [1, { b: value }] })).toEqual({ path: "/a/1/b", what });
});
