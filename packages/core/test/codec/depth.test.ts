/** How deep a message may nest: as deep as a receiver reads, whatever its schema adds to its levels. */
import { describe, expect, test } from "vitest";
import { Mismatch } from "../../src/schema/shape.ts";
import type { Definitions, Schema } from "../../src/schema/schema.ts";
import { endOfValue } from "../../src/wire/byte-budget.ts";
import { read, runners, thrownBy, written } from "./codec-case.ts";

const text: Schema = { type: "string" };

describe.each(runners)("%s", (_name, make) => {
  test.each<[string, Schema, unknown, (inside: unknown) => unknown]>([
    [
      "texts in front",
      { type: "object", properties: { name: text, in: { $ref: "#/definitions/Deep" } } },
      {},
      (inside) => ({ in: inside }),
    ],
    [
      "alternatives",
      { type: ["array", "integer"], items: { $ref: "#/definitions/Deep" } },
      1,
      (inside) => [inside],
    ],
    [
      "other properties",
      { type: "object", additionalProperties: { anyOf: [{ $ref: "#/definitions/Deep" }, text] } },
      {},
      (inside) => ({ in: inside }),
    ],
    [
      "free values",
      { type: "object", properties: { in: { $ref: "#/definitions/Deep" }, free: true } },
      {},
      (inside) => ({ free: inside }),
    ],
  ])(
    "a message that %s take to more levels than a receiver reads does not leave",
    (_what, schema, leaf, around) => {
      const definitions: Definitions = { Deep: schema };
      let value: unknown = around(leaf);
      const outcomes = Array.from({ length: 64 }, () => {
        value = around(value);
        let bytes: Uint8Array = new Uint8Array();
        const error = thrownBy(() => (bytes = written({ schema, definitions, value }, make)));
        if (error !== undefined) return error instanceof Mismatch;
        return endOfValue(bytes, 0, { depth: 64, values: Infinity }) === bytes.length;
      });

      expect(outcomes).toEqual(outcomes.map(() => true));
    },
  );

  test.each<[string, Schema, unknown]>([
    ["arrays", { type: "array", items: true }, [1]],
    ["objects", { type: "object", properties: { a: true }, required: ["a"] }, { a: 1 }],
    ["objects with optional properties", { type: "object", properties: { a: true } }, { a: 1 }],
    ["records", { type: "object", additionalProperties: true }, { a: 1 }],
    [
      "objects with others",
      { type: "object", properties: { a: text }, additionalProperties: true },
      { b: 1 },
    ],
    ["alternatives", { type: ["array", "integer"], items: text }, ["a"]],
  ])("%s beside each other are no levels, however many", (_what, items, item) => {
    const schema: Schema = { type: "array", items };
    const value = Array.from({ length: 200 }, () => item);
    const bytes = written({ schema, definitions: {}, value }, make);

    expect(read({ schema, definitions: {} }, make, bytes)).toEqual(value);
  });
});
