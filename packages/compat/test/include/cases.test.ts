/** Every hand-checked pair, in both directions, and values that try to refute each verdict. */
import type { Schema } from "@concordat/core";
import { describe, expect, test } from "vitest";
import { compareSchemas } from "../../src/index.ts";
import { Chance } from "../random/chance.ts";
import { isEmitted, isValid } from "../random/emission.ts";
import type { Raw } from "../random/schema.ts";
import { randomValue } from "../random/value.ts";
import { cases, type Letter, type Row } from "./cases.ts";
import { spellingCases } from "./spelling-cases.ts";
import { suiteCases } from "./suite-cases.ts";

const words = {
  C: "compatible",
  L: "lossy",
  B: "breaking",
  U: "undecided",
} as const satisfies Record<Letter, string>;

/** Spellings that TypeBox does not read as we do: draft 4, what counts beside a reference in older drafts, OpenAPI, names of its own, values of the wire. */
const foreign =
  /nullable|"exclusiveM[a-z]+":(true|false)|x-concordat|dependencies|dependentSchemas|\$defs|"\$ref":"(?!#\/definitions\/[AB]")|unevaluated|extends|divisibleBy|\$dynamicRef|"\$?id"|"(enum|type)":\[\]|minContains":0|\$anchor|draft-0[4-7].*\$ref|#\/(properties|allOf)\/|"minimum":1e\+300/;

const tables = [cases, suiteCases, spellingCases];
const directed = tables.flatMap(Object.entries<readonly Row[]>).flatMap(([keyword, rows]) =>
  rows.flatMap(([left, right, forth, back]) => [
    { keyword, sender: left, receiver: right, expected: forth },
    { keyword, sender: right, receiver: left, expected: back },
  ]),
);

test("there are more than 1,000 hand-checked cases", () => {
  expect(directed.length).toBeGreaterThan(1_000);
});

describe.each([...new Set(directed.map(({ keyword }) => keyword))])("%s", (keyword) => {
  const own = directed.filter((each) => each.keyword === keyword);

  test.each(
    own.map(
      (each) =>
        [
          JSON.stringify(each.sender),
          JSON.stringify(each.receiver),
          words[each.expected],
          each,
        ] as const,
    ),
  )("%s to %s is %s", (_sender, _receiver, verdict, { sender, receiver }) => {
    // Some rows are no schemas, on purpose.
    const comparison = compareSchemas(sender as Schema, receiver as Schema, "request");

    expect(comparison.verdict).toBe(verdict);
    const breaking = comparison.changes.filter((change) => change.verdict === "breaking");
    expect(breaking.filter((change) => !("witness" in change))).toEqual([]);
    for (const change of comparison.changes.filter((each) => each.verdict === "undecided")) {
      expect(change.message).toContain("because");
    }
  });
});

test("no value refutes a verdict of the table", () => {
  const chance = new Chance(20_261_122);
  const refuted: unknown[] = [];
  for (const { sender, receiver, expected } of directed) {
    if ((expected !== "C" && expected !== "L") || foreign.test(JSON.stringify([sender, receiver])))
      continue;
    // Compatible rows hold schemas only.
    const [left, right] = [sender as Raw, receiver as Raw];
    for (let tries = 0; tries < 60; tries += 1) {
      const value = randomValue(chance, left, left);
      if (isEmitted(left, value) && !isValid(right, right, value))
        refuted.push([left, right, value]);
    }
  }

  expect(refuted).toEqual([]);
});
