/** What the rolling deploy calls spread. */
import { expect, test } from "vitest";

import { bunched, histogramOf } from "../rollout/histogram.ts";

const windows = [
  { from: 1_000, ms: 1_000 },
  { from: 5_000, ms: 1_000 },
];

test("moments are counted by the tenth of their window, and those outside any are not", () => {
  const bars = histogramOf([1_000, 1_099, 1_950, 5_050, 4_999, 6_000], windows);

  expect(bars).toEqual([3, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
});

test("clients that all come back at once are not spread, nor are those that leave a gap", () => {
  expect(bunched([5, 5, 5, 5, 5, 0, 0, 0, 0, 0])).toBeUndefined();
  expect(bunched([30, 5, 5, 5, 5, 0, 0, 0, 0, 0])).toBe("30 of 50 came back within the same tenth");
  expect(bunched([9, 0, 9, 9, 9, 0, 0, 0, 0, 0])).toContain("nobody came back");
  expect(bunched([1, 1, 1, 1, 1, 0, 0, 0, 0, 0])).toContain("only 5 clients");
});
