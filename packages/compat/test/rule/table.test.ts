/** The change table against the engine: every rule, in all four columns. */
import type { Schema } from "@concordat/core";
import { describe, expect, test } from "vitest";
import {
  compareSchemas,
  type Columns,
  explain,
  rules,
  type TableVerdict,
} from "../../src/index.ts";
import { examples, inherited } from "./schema-example.ts";

const crossings: readonly (readonly [keyof Columns, "request" | "response", "forth" | "back"])[] = [
  ["requestFromOldClient", "request", "forth"],
  // A newer client's request to an older server is a response the other way round, and the reverse.
  ["requestFromNewClient", "request", "back"],
  ["responseToOldClient", "response", "forth"],
  ["responseToNewClient", "response", "back"],
];

describe("every rule about schemas", () => {
  const schemaRules = rules.filter(({ row }) => !row.startsWith("P"));

  test.each(schemaRules.map(({ id }) => id))("%s has an example, or stands for others", (id) => {
    expect(Object.hasOwn(examples, id) || inherited.includes(id)).toBe(true);
  });

  test.each(Object.entries(examples))("%s is reported for its example", (id, { before, after }) => {
    const found = compareSchemas(before, after, "request").changes.map(({ rule }) => rule);

    expect(found).toContain(id);
  });

  test.each(Object.entries(examples))("%s has the verdicts of its row", (id, { before, after }) => {
    const columns = explain(id)?.columns;

    for (const [column, position, way] of crossings) {
      const expected: TableVerdict | undefined = columns?.[column];
      if (expected === undefined || expected === "depends") continue;
      const [left, right] = way === "forth" ? [before, after] : [after, before];
      expect(`${column} ${compareSchemas(left, right, position).verdict}`).toBe(
        `${column} ${expected}`,
      );
    }
  });
});

test("every id is kebab-case, and stands only once", () => {
  const ids = rules.map(({ id }) => id);

  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test("an id that is none has no explanation", () => {
  expect(explain("__proto__")).toBeUndefined();
});

test("all 97 rows about schemas and all 27 about procedures are there", () => {
  const rows = new Set(rules.map(({ row }) => row));
  const wanted = [
    ...Array.from({ length: 97 }, (_, index) => String(index + 1)),
    ...Array.from({ length: 27 }, (_, index) => `P${index + 1}`),
  ];

  expect(wanted.filter((row) => !rows.has(row))).toEqual([]);
});

/** A way to pay, told from others by its kind. */
function paidBy(kind: string): Schema {
  return {
    type: "object",
    properties: { kind: { const: kind }, [kind]: { type: "string" } },
    required: ["kind", kind],
  };
}

test("a variant is called by what tells it from the others, as people write it", () => {
  const before = { anyOf: ["card", "invoice"].map(paidBy) };
  const after = { anyOf: ["card", "invoice", "wire"].map(paidBy) };

  const [change] = compareSchemas(before, after, "response").changes;

  expect(change?.message).toBe(
    'Variant kind "wire" added: a new server may send a response that an old client refuses.',
  );
});
