/** A number promises what its step says, and a major step promises nothing. */
import { expect, test } from "vitest";

import { createComparer } from "../../src/project/comparison.ts";
import { stepsWithin } from "../../src/project/understated-step.ts";
import { draftWith, releaseAfter, requestWith } from "../release-history.ts";

const first = releaseAfter(undefined, "1.0.0", draftWith(requestWith("sku")));
const breaking = draftWith(requestWith("sku", "quantity"));

test("a break is understated within a line, and declared from one to the next", () => {
  const within = [first, releaseAfter(first, "1.1.0", breaking)];
  const beyond = [first, releaseAfter(first, "2.0.0", breaking)];

  expect(stepsWithin(within, [], createComparer())).toMatchObject([
    { before: "1.0.0", after: "1.1.0", isUnderstated: true },
  ]);
  expect(stepsWithin(beyond, [], createComparer())).toEqual([]);
});
