/** A comparer says what single comparisons say, whatever it compared before. */
import type { ReleaseDocument } from "@concordat/core";
import { expect, test } from "vitest";
import { every, madeUpRelease } from "../../bench/contract.ts";
import { compareReleases, createComparer, type ReleaseComparison } from "../../src/index.ts";
import { release as releaseOf } from "../fixture/release.ts";

const size = { procedures: 20, types: 40 };
const first = madeUpRelease(size, "1.0.0");
const releases = [
  first,
  madeUpRelease(size, "1.1.0", every(30), first),
  madeUpRelease(size, "1.2.0", every(20), first),
  madeUpRelease(size, "1.3.0", every(3), first),
].map(({ release }) => release);

/** As it would be read from a file: nothing in it is shared with another release. */
function reread(release: ReleaseDocument): ReleaseDocument {
  return JSON.parse(JSON.stringify(release)) as ReleaseDocument; // its own text
}

/** Which value shows a break may depend on what was compared before; what is said of it does not. */
function told({ changes, ...verdicts }: ReleaseComparison): unknown {
  return {
    ...verdicts,
    changes: changes.map(({ witness, ...change }) => ({
      ...change,
      isShown: witness !== undefined,
    })),
  };
}

test("a comparer says of every pair what a single comparison says, whatever it compared before", () => {
  const comparer = createComparer();
  for (const before of releases) {
    for (const after of releases) {
      const expected = told(compareReleases(before, after));
      expect(told(comparer.compareReleases(before, after))).toEqual(expected);
      expect(told(comparer.compareReleases(reread(before), after))).toEqual(expected);
    }
  }
}, 120_000);

test("a comparer tells procedures apart that differ only in a definition far away", () => {
  const request = { $ref: "#/definitions/A" };
  const holding = (type: "integer" | "number" | "string"): ReleaseDocument =>
    releaseOf(
      { place: { request } },
      { A: { type: "object", properties: { b: { $ref: "#/definitions/B" } } }, B: { type } },
    );
  const comparer = createComparer();
  const after = holding("number");

  expect(comparer.compareReleases(holding("integer"), after).verdict).toBe("compatible");
  expect(comparer.compareReleases(holding("string"), after).verdict).toBe("breaking");
  expect(comparer.compareReleases(holding("integer"), after).verdict).toBe("compatible");
});

test("a comparer that had to make room says the same as before", () => {
  const small = { procedures: 2, types: 10 };
  const older = madeUpRelease(small, "1.0.0");
  const newer = madeUpRelease(small, "1.1.0", every(7), older).release;
  const comparer = createComparer();
  const expected = told(compareReleases(older.release, newer));

  for (let count = 0; count < 120; count += 1) {
    const found = comparer.compareReleases(reread(older.release), reread(newer));
    expect(told(found)).toEqual(expected);
  }
});
