/** What is printed: complete, grouped by who breaks, and never steered by what stands in a schema. */
import { describe, expect, test } from "vitest";
import {
  compareReleases,
  compareSchemas,
  githubReport,
  jsonReport,
  markdownReport,
  sarifReport,
  textReport,
} from "../../src/index.ts";
import { release } from "../fixture/release.ts";

const comparison = compareReleases(
  release({
    place: { request: { type: "object", properties: { a: { type: "string" } }, required: ["a"] } },
    old: {},
  }),
  release({
    place: { request: { type: "object", properties: { b: { type: "string" } }, required: ["b"] } },
  }),
);
const compared = {
  before: "orders 1.0.0",
  after: "orders 2.0.0",
  file: "contracts/orders/2.0.0.json",
};

test("text: the verdict, who breaks, the witness, the adapter, the remedy", () => {
  const text = textReport(comparison, compared);

  expect(text.split("\n")[0]).toBe("breaking  orders 1.0.0 -> orders 2.0.0");
  expect(text).toContain("Old clients with the new server: 2 breaking");
  expect(text).toContain("place request /a  [required-property-renamed]");
  expect(text).toContain('witness: {"a":""}');
  expect(text).toContain('adapter: [{"step":"rename","at":"","from":"a","to":"b"}]');
  expect(text).toContain("remedy:  Keep it");
});

test("text: colours only where they are asked for", () => {
  expect(textReport(comparison, compared)).not.toContain("\u001B");
  expect(textReport(comparison, compared, { colour: "ansi" })).toContain(
    "\u001B[31mbreaking\u001B[39m",
  );
});

test("json: the object itself", () => {
  expect(JSON.parse(jsonReport(comparison))).toEqual(comparison);
});

test("markdown: a changelog by procedure", () => {
  const text = markdownReport(comparison, compared);

  expect(text).toContain("## orders 1.0.0 → orders 2.0.0");
  expect(text).toContain("#### `place`");
  expect(text).toContain('witness: `{"a":""}`');
});

test("github: errors for the gate, warnings for the rollback, one line each", () => {
  const lines = githubReport(comparison, compared).split("\n");

  expect(
    lines.every((line) =>
      /^::(error|warning) file=contracts\/orders\/2\.0\.0\.json,title=[^\n]*::/.test(line),
    ),
  ).toBe(true);
  expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(2);
});

test("sarif: every result points at a rule of the run", () => {
  const { version, runs } = JSON.parse(sarifReport(comparison, compared));
  const [{ tool, results }] = runs;

  expect(version).toBe("2.1.0");
  expect(results).toHaveLength(comparison.changes.length);
  for (const result of results) expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
});

test("nothing to report is said", () => {
  const nothing = compareSchemas(true, true, "request");

  expect(textReport(nothing, compared)).toContain("No message changed.");
  expect(markdownReport(nothing, compared)).toContain("No message changed.");
  expect(githubReport(nothing, compared)).toBe("");
});

/** Characters that a terminal or an editor would act on, but for the line breaks of the report itself. */
function steering(text: string): string[] {
  return Array.from(text).filter(
    (character) => character !== "\n" && /[\p{Cc}\p{Cf}]/u.test(character),
  );
}

describe("names from a schema cannot steer what reads the report", () => {
  const evil = "x\u001B[2J\r\n::error::owned`|<b>\u202E";
  const hostile = compareSchemas(
    { type: "object", properties: { [evil]: { type: "string" } }, required: [evil] },
    { type: "object", properties: { [evil]: { type: "integer" } }, required: [evil] },
    "request",
  );

  test("in a terminal", () => {
    const text = textReport(hostile, compared);

    expect(text).toContain("\\u{1b}[2J");
    expect(steering(text)).toEqual([]);
  });

  test("in a workflow", () => {
    expect(githubReport(hostile, compared).split("\n")).toHaveLength(1);
  });

  test("in Markdown", () => {
    expect(steering(markdownReport(hostile, compared))).toEqual([]);
  });
});

test("values that JSON does not have are written with their kind", () => {
  const bytes = compareSchemas(
    { type: "object", "x-concordat": "bytes" },
    { type: "string" },
    "request",
  );

  expect(bytes.verdict).toBe("breaking");
  expect(JSON.parse(jsonReport(bytes)).changes[0].witness).toEqual({
    "x-concordat": "bytes",
    value: [],
  });
});
