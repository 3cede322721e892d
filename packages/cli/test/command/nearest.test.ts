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

for (const word of ["publish", "", "x", "verify"]) {
  test(`${JSON.stringify(word)} is none of them`, () => {
    expect(nearest(word, names)).toBeUndefined();
  });
}
