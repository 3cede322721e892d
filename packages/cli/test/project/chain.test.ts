/** A history in which something is missing, moved or replaced is not taken for one. */
import type { ReleaseDocument } from "@concordat/core";
import { nextReleaseNumber } from "@concordat/core/internal";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { chainProblem, forkProblem } from "../../src/project/chain.ts";
import { draftWith, releaseAfter, requestWith } from "../release-history.ts";

/** Histories of two to six releases, each with messages of its own. */
const histories = fc
  .array(fc.constantFrom("minor" as const, "major" as const, "patch" as const), {
    minLength: 1,
    maxLength: 5,
  })
  .map((steps) => {
    const releases = [releaseAfter(undefined, "1.0.0", draftWith(requestWith("p0")))];
    for (const [index, step] of steps.entries()) {
      const before = releases.at(-1);
      const number = nextReleaseNumber(before?.release ?? "1.0.0", step);
      releases.push(releaseAfter(before, number, draftWith(requestWith(`p${index + 1}`))));
    }
    return releases;
  });

test("a history as it was released has no problem", () => {
  fc.assert(
    fc.property(histories, (releases) => {
      expect(chainProblem(releases)).toBeUndefined();
      expect(forkProblem(releases)).toBeUndefined();
    }),
  );
});

test("a history without one of its releases, the newest excepted, is not whole", () => {
  fc.assert(
    fc.property(histories, fc.nat(), (releases, at) => {
      const index = at % (releases.length - 1);
      const rest = releases.toSpliced(index, 1);
      expect(chainProblem(rest)).toBeDefined();
      expect(forkProblem(rest)).toBeUndefined();
    }),
  );
});

test("a release with another content breaks the chain behind it", () => {
  fc.assert(
    fc.property(histories, fc.nat(), (releases, at) => {
      const index = at % (releases.length - 1);
      const replaced = releases.map((release, position): ReleaseDocument =>
        position === index ? { ...release, ...draftWith(requestWith("other")) } : release,
      );
      expect(chainProblem(replaced)).toBeDefined();
    }),
  );
});

test("two neighbours in each other's place are out of order", () => {
  fc.assert(
    fc.property(histories, fc.nat(), (releases, at) => {
      const index = at % (releases.length - 1);
      const swapped = releases.toSpliced(
        index,
        2,
        ...releases.slice(index, index + 2).toReversed(),
      );
      expect(chainProblem(swapped)).toBeDefined();
    }),
  );
});

test("a gap in the numbers is a missing release, even where fingerprints fit", () => {
  const draft = draftWith(requestWith("sku"));
  const first = releaseAfter(undefined, "1.0.0", draft);

  const problem = chainProblem([first, releaseAfter(first, "1.0.2", draft)]);

  expect(problem).toBe("1.0.2 cannot follow 1.0.0: a release file between the two is missing");
});

test("1.0.0 may follow any release below it", () => {
  const first = releaseAfter(undefined, "0.3.7", draftWith(requestWith("sku")));

  const next = releaseAfter(first, "1.0.0", draftWith(requestWith("sku", "note")));

  expect(chainProblem([first, next])).toBeUndefined();
});

test("releases that two branches made of one are told from a missing one, with what to do", () => {
  const first = releaseAfter(undefined, "1.0.0", draftWith(requestWith("sku")));
  const mine = releaseAfter(first, "1.1.0", draftWith(requestWith("sku", "note?")));
  const further = releaseAfter(mine, "1.2.0", draftWith(requestWith("sku", "note?", "tag?")));
  const theirs = releaseAfter(first, "2.0.0", draftWith(requestWith("article")));

  for (const branch of [[mine], [mine, further]])
    expect(forkProblem([first, ...branch, theirs])).toBe(
      '1.1.0 and 2.0.0 both follow 1.0.0, so two branches released at once. Keep the one that clients have, delete the other with what follows it, and run "concordat release" for what it brought',
    );
});

test("a missing release that said again what an older one says is no second branch", () => {
  const [early, late] = [draftWith(requestWith("sku")), draftWith(requestWith("article"))];
  const first = releaseAfter(undefined, "1.0.0", early);
  const second = releaseAfter(first, "2.0.0", late);
  const back = releaseAfter(second, "3.0.0", early);
  const fourth = releaseAfter(back, "4.0.0", late);

  expect(forkProblem([first, second, fourth])).toBeUndefined();
  expect(chainProblem([first, second, fourth])).toContain("missing");
});
