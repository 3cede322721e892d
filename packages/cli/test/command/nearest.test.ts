/** A suggestion is made for a slip of the finger, not for another word. */
import { expect, test } from "vitest";

import { nearest } from "../../src/command/nearest.ts";

const names = ["init", "release", "generate", "check", "diff", "explain", "import"];

const slips = [
  ["relase", "release"],
  ["realease", "release"],
  ["chekc", "check"],
  ["dif", "diff"],
  ["improt", "import"],
] as const;

for (const [word, name] of slips) {
  test(`${word} was meant to be ${name}`, () => {
    expect(nearest(word, names)).toBe(name);
  });
}

test("of two that are near, the nearer one was meant, and three slips are too many", () => {
  expect(nearest("checks", ["chockz", "check", "checkers"])).toBe("check");
  expect(nearest("generate", ["gone_rate", "generat3"])).toBe("generat3");
  expect(nearest("gxnxrxte", ["generate"])).toBeUndefined();
  expect(nearest("ab", ["cd", "abcd"])).toBeUndefined();
});

for (const word of ["publish", "", "x", "verify"]) {
  test(`${JSON.stringify(word)} is none of them`, () => {
    expect(nearest(word, names)).toBeUndefined();
  });
}
