/** What two releases with one fingerprint may differ in says nothing about the bytes. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compiled } from "../../src/codec/compiled.ts";
import { procedureFingerprint } from "../../src/release/fingerprint.ts";
import { roleOf } from "../../src/schema/keyword.ts";
import type { Schema } from "../../src/schema/schema.ts";
import { codecCases, thrownBy, written } from "./codec-case.ts";

/** The same schema, its members the other way round, with a text for people in each of its parts. */
function turned(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  const keywords = Object.entries(schema).toReversed();
  return Object.fromEntries([
    ["$comment", "Says nothing."],
    ...keywords.map(([keyword, value]: [string, unknown]) => [
      keyword,
      turnedValue(keyword, value),
    ]),
  ]);
}

function turnedValue(keyword: string, value: unknown): unknown {
  const role = roleOf(keyword);
  if (role === "set") return [...(value as unknown[])].toReversed(); // the keyword's role says so
  if (role === "named") {
    const members = Object.entries(value as object).toReversed(); // as above
    return Object.fromEntries(members.map(([name, each]) => [name, turned(each)]));
  }
  if (role === "schema") return turned(value);
  if (role === "schemas" || role === "either")
    return Array.isArray(value) ? value.map(turned) : turned(value);
  return value;
}

function fingerprintOf(schema: Schema): string {
  return procedureFingerprint({ kind: "unary", request: schema, response: true }, {});
}

test(
  "the order of a document, and its texts, leave the bytes as they are",
  { timeout: 120_000 },
  () => {
    fc.assert(
      fc.property(codecCases, (each) => {
        const schema = turned(each.schema) as Schema; // what it was made of
        const definitions = Object.fromEntries(
          Object.entries(each.definitions).map(([name, body]) => [name, turned(body) as Schema]), // as above
        );
        const outcome = (given: typeof each): unknown => {
          let bytes: unknown;
          const error = thrownBy(() => (bytes = written(given, compiled)));
          return bytes ?? String(error);
        };

        expect(fingerprintOf(schema)).toBe(fingerprintOf(each.schema));
        expect(outcome({ ...each, schema, definitions })).toEqual(outcome(each));
      }),
      { numRuns: 1_500 },
    );
  },
);
