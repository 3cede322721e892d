/** Which calls count for a break, and which findings nobody's silence excuses. */
import { type ReleaseDocument, unary, serverNotification } from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import { Type } from "typebox";
import { describe, expect, test } from "vitest";

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

/** How was counted; open connections one after the other. */
interface Counting {
  readonly watchedDays?: number;
  readonly unusedDays?: number;
  readonly open?: readonly number[];
  readonly isComplete?: boolean;
}

function graded(
  change: Pick<Change, "procedure" | "verdict">,
  calls: readonly CountedCalls[] = [],
  { watchedDays = 30, unusedDays = 30, open = [], isComplete = true }: Counting = {},
): readonly Used[] {
  const fleet: CountedFleet = {
    contracts: new Map([["orders", { watchedMs: dayMs * watchedDays, since: "2027-06-01" }]]),
    connections: [
      ...open.map((each) => ({ contract: "orders", release: "1.0.0", open: each })),
      { contract: "billing", release: "1.0.0", open: 90 },
      { contract: "orders", release: "1.1.0", open: 90 },
    ],
    calls,
    isComplete,
  };
  return usedChanges(document, comparisonOf(change), { fleet, unusedDays });
}

function comparisonOf(change: Pick<Change, "procedure" | "verdict">): Comparison {
  const found = {
    ...change,
    rule: "required-property-added",
    path: "",
    position: "request",
    direction: gate,
    message: "",
  } as const;
  return { verdict: change.verdict, lossy: [], changes: [found] };
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

test("nothing is excused by counts that are not whole, or where nobody asked for it", () => {
  const breaks = { procedure: "place", verdict: "breaking" } as const;
  const contracts = new Map([["orders", { watchedMs: dayMs, since: "2027-06-01" }]]);
  const fleet = { contracts, connections: [], calls: [], isComplete: true };
  const unasked = usedChanges(document, comparisonOf(breaks), { fleet, unusedDays: undefined });

  expect(graded(breaks, [], { isComplete: false })).toMatchObject([{ isExcused: false }]);
  expect(unasked).toMatchObject([{ isExcused: false, text: expect.stringMatching(/1\.0\.0\.$/) }]);
});

test("nothing is said of a contract that was not served where it was counted", () => {
  const fleet = { contracts: new Map(), connections: [], calls: [], isComplete: true };
  const comparison = comparisonOf({ procedure: "place", verdict: "breaking" });

  expect(usedChanges(document, comparison, { fleet, unusedDays: 1 })).toEqual([]);
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

describe("the sentence about a break", () => {
  const breaks = { procedure: "place", verdict: "breaking" } as const;
  const said = (...rest: [(readonly CountedCalls[])?, Counting?]) =>
    graded(breaks, ...rest).map(({ text }) => text);

  test("names who calls, the most calls first, and how many more there are", () => {
    const calls = [1, 4, 2, 3, 4].map((count, at) => ({
      ...placed,
      client: `c${Math.min(at, 3)}`,
      calls: count,
    }));
    const more = { ...placed, client: "c4", calls: 1 };

    expect(said(calls, { open: [2, 3] })).toEqual([
      "14 calls in 30 days of counting since 2027-06-01, by c3 (7), c1 (4), c2 (2), 1 more; 5 connections speak 1.0.0.",
    ]);
    expect(said([...calls, more])).toEqual([expect.stringContaining("c2 (2), 2 more;")]);
  });

  test("counts one of each in the singular, and names no more than there are", () => {
    const calls = [{ ...placed, calls: 1 }];

    expect(said(calls, { watchedDays: 1, open: [1] })).toEqual([
      "1 call in 1 day of counting since 2027-06-01, by web (1); 1 connection speaks 1.0.0.",
    ]);
  });

  test("says that nobody called, and what that is worth", () => {
    const nobody =
      "Nobody called it in 30 days of counting since 2027-06-01; 0 connections speak 1.0.0.";

    expect(said()).toEqual([nobody]);
    expect(said([], { unusedDays: 31 })).toEqual([
      `${nobody} Too short a time to pass: 31 days were asked for.`,
    ]);
    expect(said([], { isComplete: false })).toEqual([
      `${nobody} Some calls were counted without their procedure, so this is no proof.`,
    ]);
  });
});
