/** Release numbers: their grammar, their order, and what counts as one line. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  compareReleaseNumbers,
  isReleaseNumber,
  isSameLine,
  majorOf,
  nextReleaseNumber,
} from "../../src/release/number.ts";

const part = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 999_999_999 }));
const parts = fc.tuple(part, part, part);
const number = parts.map((each) => each.join("."));
const step = fc.constantFrom("patch" as const, "minor" as const, "major" as const);

test("three whole numbers without leading zeros make a release", () => {
  fc.assert(fc.property(number, isReleaseNumber));
  for (const text of [
    "1.0",
    "1.0.0.0",
    "01.0.0",
    "1.0.0-rc",
    "v1.0.0",
    "1..0",
    "",
    "1.0.1000000000",
  ]) {
    expect(isReleaseNumber(text)).toBe(false);
    expect(() => majorOf(text)).toThrow(`${JSON.stringify(text)} is not a release number.`);
  }
});

test("the order is that of the three numbers, not of the text", () => {
  fc.assert(
    fc.property(parts, parts, (left, right) => {
      const first = [0, 1, 2].find((at) => left[at] !== right[at]);
      const expected =
        first === undefined ? 0 : Math.sign((left[first] ?? 0) - (right[first] ?? 0));

      expect(Math.sign(compareReleaseNumbers(left.join("."), right.join(".")))).toBe(expected);
    }),
  );
  expect(compareReleaseNumbers("10.0.0", "9.0.0")).toBeGreaterThan(0);
});

test("the next release is newer, and a smaller step stays in the line", () => {
  const small = fc.tuple(fc.nat({ max: 99 }), fc.nat({ max: 99 }), fc.nat({ max: 99 }));
  fc.assert(
    fc.property(small, step, (from, by) => {
      const release = from.join(".");
      const next = nextReleaseNumber(release, by);

      expect(compareReleaseNumbers(next, release)).toBeGreaterThan(0);
      expect(isSameLine(next, release)).toBe(by !== "major");
    }),
  );
});

test.each([
  ["1.2.3", "patch", "1.2.4"],
  ["1.2.3", "minor", "1.3.0"],
  ["1.2.3", "major", "2.0.0"],
  ["0.2.3", "patch", "0.2.4"],
  ["0.2.3", "minor", "0.2.4"],
  ["0.2.3", "major", "0.3.0"],
] as const)("%s by a %s step is %s", (release, by, next) => {
  expect(nextReleaseNumber(release, by)).toBe(next);
});
