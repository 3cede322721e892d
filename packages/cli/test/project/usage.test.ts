/** Which calls count for a break, and which findings nobody's silence excuses. */
import { type ReleaseDocument, unary, serverNotification } from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { type Change, type Comparison, gate } from "../../src/project/comparison.ts";
import type { CountedCalls, CountedFleet } from "../../src/project/fleet-file.ts";
import { usedChanges, type Used } from "../../src/project/usage.ts";

const document: ReleaseDocument = {
  ...freeze("orders", {
    place: unary({ request: Type.Object({}), response: Type.Null() }),
    changed: serverNotification({ message: Type.Object({}) }),
  }),
  release: "1.0.0",
  previous: null,
};

const dayMs = 86_400_000;

const placed: CountedCalls = {
  contract: "orders",
  release: "1.0.0",
  procedure: "place",
  client: "web",
  calls: 7,
};

function graded(
  change: Pick<Change, "procedure" | "verdict">,
  calls: readonly CountedCalls[] = [],
  { watchedDays = 30, unusedDays = 30 } = {},
): readonly Used[] {
  const fleet: CountedFleet = {
    contracts: new Map([["orders", { watchedMs: dayMs * watchedDays, since: "2027-06-01" }]]),
    connections: [],
    calls,
    isComplete: true,
  };
  const found = {
    ...change,
    rule: "required-property-added",
    path: "",
    position: "request",
    direction: gate,
    message: "",
  } as const;
  const comparison: Comparison = { verdict: change.verdict, lossy: [], changes: [found] };
  return usedChanges(document, comparison, { fleet, unusedDays });
}

test.each(["breaking", "undecided"] as const)(
  "what is %s is excused where nobody called it, and not where somebody did",
  (verdict) => {
    expect(graded({ procedure: "place", verdict })).toMatchObject([{ isExcused: true }]);
    expect(graded({ procedure: "place", verdict }, [placed])).toMatchObject([
      { isExcused: false, usage: { calls: 7 } },
    ]);
  },
);

test.each<[string, Partial<CountedCalls>]>([
  ["another contract", { contract: "billing" }],
  ["another release", { release: "1.1.0" }],
  ["another procedure", { procedure: "cancel" }],
])("calls of %s are none of it", (_, other) => {
  const used = graded({ procedure: "place", verdict: "breaking" }, [{ ...placed, ...other }]);

  expect(used).toMatchObject([{ isExcused: true, usage: { calls: 0 } }]);
});

test("what a server sends by itself is never excused: nobody calls it, and everybody may hear it", () => {
  expect(graded({ procedure: "changed", verdict: "breaking" })).toEqual([]);
});

test("what is about no procedure, and what breaks nothing, is not graded", () => {
  expect(graded({ verdict: "breaking" })).toEqual([]);
  expect(graded({ procedure: "place", verdict: "lossy" })).toEqual([]);
});

test.each([
  [1, " Too short a time to pass: 1 day was asked for."],
  [2, " Too short a time to pass: 2 days were asked for."],
])("counting for a shorter time than %i day(s) says what was asked for", (unusedDays, says) => {
  const breaks = { procedure: "place", verdict: "breaking" } as const;
  const [used] = graded(breaks, [], { watchedDays: unusedDays - 0.5, unusedDays });

  expect(used).toMatchObject({ isExcused: false, text: expect.stringContaining(says) });
});
