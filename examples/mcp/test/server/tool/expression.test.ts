/** Arithmetic as people write it. */
import { assert, integer, property } from "fast-check";
import { expect, test } from "vitest";

import { valueOfExpression } from "../../../src/server/tool/expression.ts";
import { NoAnswer } from "../../../src/server/tool/tool.ts";

test.each([
  ["6 * (3 + sqrt(16))", 42],
  ["2 + 3 * 4", 14],
  ["10 - 4 - 3", 3],
  ["2 ^ 3 ^ 2", 512],
  ["-2 ^ 2", -4],
  ["2 ^ -1", 0.5],
  ["7 % 4 / 2", 1.5],
  ["round(pi) + floor(e)", 5],
  [" 1 ", 1],
])("%s is %d", (text, value) => {
  expect(valueOfExpression(text)).toBeCloseTo(value, 10);
});

test.each([
  "1 / 0",
  "",
  "(",
  "1 +",
  "1 2",
  "2 * (3",
  "process",
  "constructor",
  "1; 2",
  "1.5e",
  "sqrt 4",
])("%j has no answer, and says why", (text) => {
  expect(() => valueOfExpression(text)).toThrow(NoAnswer);
});

test("sums and products of any numbers are what JavaScript says they are", () => {
  const number = integer({ min: -1_000, max: 1_000 });
  assert(
    property(number, number, number, (one, two, three) => {
      const text = `${one} + ${two} * ${three} - (${one} - ${two})`;
      expect(valueOfExpression(text)).toBe(one + two * three - (one - two));
    }),
  );
});

test("two hundred brackets are no trouble", () => {
  expect(valueOfExpression(`${"(".repeat(99)}1${")".repeat(99)}`)).toBe(1);
});
