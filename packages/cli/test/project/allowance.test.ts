/** An allowed finding fails nothing, hides nothing, and never makes a release smaller. */
import { expect, test } from "vitest";

import { judge, unusedAllowances } from "../../src/project/allowance.ts";
import { compareReleases, stepOf } from "../../src/project/comparison.ts";
import { draftWith, releaseAfter, requestWith } from "../release-history.ts";

const before = releaseAfter(undefined, "1.0.0", draftWith(requestWith("sku")));
const after = releaseAfter(before, "2.0.0", draftWith(requestWith("sku", "quantity", "place")));
const comparison = compareReleases(before, after);
const pair = { contract: "orders", before: "1.0.0", after: "2.0.0", comparison };

const reason = "Nobody calls it yet.";
const quantity = { rule: "required-property-added", path: "/quantity", reason };
const place = { rule: "required-property-added", path: "/place", reason };

test("a break that is allowed in every place no longer fails", () => {
  expect(judge(pair, [quantity, place]).verdict).not.toBe("breaking");
});

test("a break that is allowed in one of two places still fails", () => {
  expect(judge(pair, [quantity]).verdict).toBe("breaking");
});

test("what only a rollback would meet does not fail beside an allowed break", () => {
  const loosened = releaseAfter(before, "2.0.0", draftWith(requestWith("sku?", "quantity")));
  const both = { ...pair, comparison: compareReleases(before, loosened) };

  expect(both.comparison.rollback).toBe("breaking");
  expect(judge(both, [quantity]).verdict).toBe("compatible");
});

test("an allowed finding stays in the comparison, with its reason beside it", () => {
  const { compared } = judge(pair, [quantity]);

  expect(compared.comparison).toBe(comparison);
  expect(compared.allowed).toMatchObject([
    { change: { path: "/quantity" }, allowance: { reason } },
  ]);
});

test("the step of the next release does not know allowances", () => {
  expect(stepOf(judge(pair, [quantity, place]).compared.comparison)).toBe("major");
});

const strangers = [
  { ...quantity, rule: "property-became-required" },
  { ...quantity, path: "/quantity/0" },
  { ...quantity, contract: "invoices" },
  { ...quantity, procedure: "cancel" },
];

for (const stranger of strangers) {
  const what = `${stranger.rule} at ${stranger.path} of ${JSON.stringify(stranger)}`;
  test(`an allowance of ${what} does not match`, () => {
    expect(judge(pair, [stranger, place]).verdict).toBe("breaking");
  });
}

test("an allowance that nothing needs is named", () => {
  expect(unusedAllowances([quantity, place], [quantity])).toEqual([place]);
});
