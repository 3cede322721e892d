/** The number of a release follows from what changed, and nobody can make it smaller. */
import { compareReleaseNumbers } from "@concordat/core/internal";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { nextRelease, type Wishes } from "../../src/project/next-release.ts";
import { draftWith, releaseAfter, requestWith } from "../release-history.ts";

const first = releaseAfter(undefined, "1.2.3", draftWith(requestWith("sku")));

describe("the first release", () => {
  test("is 1.0.0 and follows nothing", () => {
    expect(nextRelease([], draftWith(true))?.document).toMatchObject({
      release: "1.0.0",
      previous: null,
    });
  });

  test("is what a person says, when one says so", () => {
    expect(nextRelease([], draftWith(true), { first: "0.1.0" })?.document.release).toBe("0.1.0");
  });
});

const steps: readonly (readonly [
  what: string,
  request: ReturnType<typeof requestWith>,
  number: string,
])[] = [
  ["a new optional property", requestWith("sku", "note?"), "1.3.0"],
  ["a new required property", requestWith("sku", "quantity"), "2.0.0"],
];

describe("the step", () => {
  for (const [what, request, number] of steps) {
    test(`of ${what} leads to ${number}`, () => {
      const next = nextRelease([first], draftWith(request));

      expect(next?.document).toMatchObject({ release: number, previous: first.fingerprint });
    });
  }

  test("of a changed text is a patch", () => {
    const next = nextRelease([first], draftWith(requestWith("sku"), "Places orders."));

    expect(next?.document.release).toBe("1.2.4");
  });

  test("of a changed text is a patch, whatever came earlier in the line", () => {
    const newest = releaseAfter(first, "1.3.0", draftWith(requestWith("sku", "note?")));
    const texts = draftWith(requestWith("sku", "note?"), "Places orders.");

    expect(nextRelease([first, newest], texts)).toMatchObject({
      document: { release: "1.3.1" },
      step: "patch",
    });
  });

  test("is none when not even a text changed", () => {
    expect(nextRelease([first], draftWith(requestWith("sku")))).toBeUndefined();
  });

  test("is major when an older release of the line breaks, though the newest one does not", () => {
    const narrow = draftWith({ type: "object", properties: {}, required: [] });
    const older = releaseAfter(undefined, "1.0.0", draftWith(requestWith("sku?")));
    const newest = releaseAfter(older, "1.1.0", narrow);
    const clash = draftWith({ type: "object", properties: { sku: { type: "number" } } });

    const next = nextRelease([older, newest], clash);

    expect(next?.comparison?.verdict).not.toBe("breaking");
    expect(next?.document.release).toBe("2.0.0");
  });

  test("does not look at older lines", () => {
    const older = releaseAfter(undefined, "1.0.0", draftWith(requestWith("sku")));
    const newest = releaseAfter(older, "2.0.0", draftWith(requestWith("number")));

    const next = nextRelease([older, newest], draftWith(requestWith("number", "note?")));

    expect(next?.document.release).toBe("2.1.0");
  });
});

test("a wish makes a step larger, never smaller", () => {
  const names = fc.uniqueArray(fc.constantFrom("sku", "sku?", "note", "note?", "quantity?"), {
    selector: (name) => name.replace("?", ""),
  });
  const wishes = fc.constantFrom<Wishes>({ atLeast: "minor" }, { atLeast: "major" });
  fc.assert(
    fc.property(names, wishes, (properties, wish) => {
      const draft = draftWith(requestWith(...properties));
      const derived = nextRelease([first], draft)?.document.release;
      const wished = nextRelease([first], draft, wish)?.document.release;
      fc.pre(derived !== undefined && wished !== undefined);
      expect(compareReleaseNumbers(wished ?? "", derived ?? "")).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("a contract below 1.0.0 leaves it only when told to", () => {
  const young = releaseAfter(undefined, "0.4.0", draftWith(requestWith("sku")));
  const breaking = draftWith(requestWith("quantity"));

  expect(nextRelease([young], breaking)?.document.release).toBe("0.5.0");
  expect(nextRelease([young], breaking, { below1: "leave" })?.document.release).toBe("1.0.0");
});

test("leaving 0.x changes nothing for a contract that has left it", () => {
  const draft = draftWith(requestWith("sku", "note?"));

  expect(nextRelease([first], draft, { below1: "leave" })?.document.release).toBe("1.3.0");
});

test("a person may take a larger step than the derived one", () => {
  const draft = draftWith(requestWith("sku"), "Places orders.");

  expect(nextRelease([first], draft, { atLeast: "minor" })?.document.release).toBe("1.3.0");
  expect(nextRelease([first], draft, { atLeast: "major" })?.document.release).toBe("2.0.0");
});
