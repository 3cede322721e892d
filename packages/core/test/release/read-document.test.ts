/** A release that somebody edited is not trusted, and whatever else a file holds is refused with its place. */
import { Type } from "typebox";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { serverStream, unary } from "../../src/contract/procedure.ts";
import type { ReleaseDocument } from "../../src/release/document.ts";
import { freeze } from "../../src/release/freeze.ts";
import { ContractError, type Problem } from "../../src/release/problem.ts";
import { readRelease } from "../../src/release/read-document.ts";

const Line = Type.Object({ sku: Type.String() }, { $id: "Line" });
const draft = freeze("orders", {
  place: unary({
    request: Type.Object({ lines: Type.Array(Line) }),
    response: Type.String(),
    errors: { out_of_stock: Type.Null() },
    auth: ["orders:write"],
    limits: { timeoutMs: 10 },
  }),
  watch: serverStream({ request: Type.Object({}), response: Line }),
});
const release: ReleaseDocument = { ...draft, release: "1.0.0", previous: null };

type Path = readonly (string | number)[];

/** A copy in which one member is another, or gone where `value` is undefined. */
function edited(path: Path, value: unknown): unknown {
  const copy: unknown = structuredClone(release);
  let place = copy as Record<string, unknown>; // every path below exists
  for (const step of path.slice(0, -1)) place = place[step] as Record<string, unknown>; // as above
  const last = String(path.at(-1));
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

function problemsOf(json: unknown): readonly Problem[] {
  try {
    readRelease(json, "1.0.0.json");
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.problems;
    throw error;
  }
}

test("a release that nobody touched is read as it is, whatever the order of its keys", () => {
  const text = JSON.stringify(release);
  const reordered = Object.fromEntries(Object.entries(release).toReversed());

  expect(readRelease(JSON.parse(text), "1.0.0.json")).toEqual(release);
  expect(readRelease(reordered, "1.0.0.json")).toEqual(release);
});

describe("an edit that changes a message is detected, and named", () => {
  test.each<readonly [path: Path, value: unknown]>([
    [["procedures", "place", "kind"], "clientStream"],
    [["procedures", "place", "idempotent"], true],
    [["procedures", "place", "request", "properties", "lines", "minItems"], 1],
    [["procedures", "place", "request", "required"], undefined],
    [["procedures", "place", "response", "type"], "number"],
    [["procedures", "place", "errors", "gone"], { type: "null" }],
    [["procedures", "place", "errors"], undefined],
    [["procedures", "place", "fingerprint"], `sha256:${"0".repeat(64)}`],
    [["definitions", "Line", "properties", "sku", "maxLength"], 5],
    [["definitions", "Line"], undefined],
  ])("%j", (path, value) => {
    const problems = problemsOf(edited(path, value));

    expect(problems).toContainEqual({
      path: "procedures/place",
      message: expect.stringMatching(/was edited after it was frozen.*restore the file/),
    });
  });

  test.each<readonly [path: Path, value: unknown]>([
    [["contract"], "order"],
    [["fingerprint"], `sha256:${"0".repeat(64)}`],
    [["procedures", "place", "auth"], ["everybody"]],
    [["procedures", "place", "auth"], undefined],
    [["procedures", "place", "limits", "timeoutMs"], 11],
    [["procedures", "watch"], undefined],
    [["procedures", "again"], release.procedures["watch"]],
  ])("%j", (path, value) => {
    const problems = problemsOf(edited(path, value));

    expect(problems).toEqual([
      { path: "fingerprint", message: expect.stringContaining("the contract was edited") },
    ]);
  });

  test("an edit of texts changes no message and is let through", () => {
    for (const path of [["doc"], ["procedures", "place", "doc"]]) {
      expect(problemsOf(edited(path, "another text"))).toEqual([]);
    }
  });
});

describe("what is no release document", () => {
  test.each<readonly [path: Path, value: unknown, says: string]>([
    [["concordat"], "release/2", 'is not "release/1"'],
    [["concordat"], undefined, 'is not "release/1"'],
    [["contract"], "Orders", "is not the name of a contract"],
    [["contract"], 1, "is not the name of a contract"],
    [["release"], "1.0", 'is not "major.minor.patch"'],
    [["previous"], 1, "neither null nor a fingerprint"],
    [["fingerprint"], undefined, "is missing"],
    [["definitions"], undefined, "is not an object"],
    [["procedures"], [], "is not an object"],
    [["procedures", "place"], null, "is not an object"],
    [["procedures", "place", "kind"], "toString", "is none of unary, serverStream"],
    [["procedures", "place", "request"], "string", "is not a schema"],
    [["procedures", "place", "response"], undefined, "is not a schema"],
    [["procedures", "place", "errors"], [], "is not an object"],
    [["procedures", "place", "fingerprint"], undefined, "is missing"],
    [["procedures", "place", "fingerprint"], { toString: null }, "is missing"],
  ])("%j = %j", (path, value, says) => {
    expect(problemsOf(edited(path, value))).toContainEqual({
      path: path.join("/"),
      message: expect.stringContaining(says),
    });
  });

  test.each([null, 1, "release", [], true])("%j", (json) => {
    expect(problemsOf(json)).toEqual([{ path: "", message: "is not a JSON object" }]);
  });

  test("a procedure called __proto__ is refused by its name", () => {
    const json: unknown = JSON.parse(
      JSON.stringify(release).replace('"place":{', '"__proto__":{"kind":"unary"},"place":{'),
    );

    expect(problemsOf(json)[0]).toMatchObject({ path: "procedures/__proto__" });
  });
});

/** What falls over where it is taken for a text, a number or an object without being asked. */
test.each<[unknown]>([
  [null],
  [0],
  [""],
  [[]],
  [{}],
  [{ toString: null }],
  [{ toString: null, valueOf: null }],
  [[[{}]]],
])(
  "a document with any one member replaced by %j is read or refused, never fallen over",
  (value) => {
    for (const path of everyPath(release)) {
      expect(Array.isArray(problemsOf(edited(path, value)))).toBe(true);
    }
  },
);

test("a document with any member replaced by any JSON is read or refused, never fallen over", () => {
  const paths: fc.Arbitrary<Path> = fc.constantFrom(
    ...everyPath(release).filter((path) => path.length > 0),
  );
  fc.assert(
    fc.property(paths, fc.jsonValue(), (path, value) => {
      expect(Array.isArray(problemsOf(edited(path, value)))).toBe(true);
    }),
    { numRuns: 500 },
  );
});

function everyPath(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => everyPath(part, [...path, key]))];
}
