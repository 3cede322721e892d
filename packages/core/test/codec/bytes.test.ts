/** How messages look on the wire. */
import { Encoder } from "@msgpack/msgpack";
import { describe, expect, test } from "vitest";
import type { Json, Schema } from "../../src/schema/schema.ts";
import { extensions } from "../../src/wire/extension.ts";
import { toHex } from "../hex.ts";
import { read, runners, written } from "./codec-case.ts";

const text: Schema = { type: "string" };
const integer: Schema = { type: "integer" };
const definitions = {};
const independent = new Encoder({ extensionCodec: extensions });

function object(properties: Record<string, Schema>, required: readonly string[] = []): Schema {
  return { type: "object", properties, required };
}

function memoryOf(value: unknown): unknown {
  return value instanceof Uint8Array ? value.buffer : undefined;
}

const tagged: Schema = {
  anyOf: [
    object({ kind: { const: "circle" }, radius: integer }, ["kind", "radius"]),
    object({ kind: { const: "square" }, side: integer }, ["kind", "side"]),
  ],
};
const many = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => [`p${String(index).padStart(2, "0")}`, integer]),
);

const messages: readonly (readonly [what: string, schema: Schema, value: Json, bytes: string])[] = [
  [
    "an object without its names",
    object({ a: integer, b: integer }, ["a", "b"]),
    { b: 2, a: 1 },
    "92 01 02",
  ],
  [
    "texts in front, their lengths in place",
    object({ sku: text, quantity: integer, note: text }, ["sku", "quantity", "note"]),
    { sku: "A-1", quantity: 2, note: "é" },
    "92 a5 c3 a9 41 2d 31 93 01 02 03",
  ],
  [
    "which optional properties are there",
    object({ a: integer, b: integer, c: integer }, ["b"]),
    { b: 2, c: 3 },
    "93 02 02 03",
  ],
  ["null and absent apart", object({ a: { type: ["integer", "null"] } }), { a: null }, "92 01 c0"],
  ["no optional property", object({ a: { type: ["integer", "null"] } }), {}, "91 00"],
  ["more optional properties than bits", object(many), { p00: 1, p33: 2 }, "94 01 02 01 02"],
  ["a choice by its index", { enum: ["open", "paid"] }, "paid", "01"],
  [
    "a constant that is required not at all",
    object({ v: { const: 1 }, a: integer }, ["v", "a"]),
    { v: 1, a: 7 },
    "91 07",
  ],
  ["an alternative behind its index", tagged, { kind: "square", side: 3 }, "92 01 91 03"],
  ["a value or null", { type: ["integer", "null"] }, 5, "05"],
  [
    "alternatives of other kinds",
    { anyOf: [integer, text, { type: "null" }] },
    "ab",
    "92 a2 61 62 92 01 02",
  ],
  [
    "a record as names and values",
    { type: "object", additionalProperties: integer },
    { a: 1, bc: 2 },
    "92 a3 61 62 63 94 01 01 02 02",
  ],
  [
    "declared properties, then others",
    { type: "object", properties: { a: integer }, required: ["a"], additionalProperties: integer },
    { z: 9, a: 1 },
    "92 a1 7a 92 01 92 01 09",
  ],
  [
    "a tuple",
    { type: "array", prefixItems: [integer, { type: "boolean" }], minItems: 2, items: false },
    [1, true],
    "92 01 c3",
  ],
  [
    "what has no positions as it is",
    object({ any: true, a: integer }, ["any", "a"]),
    { any: { x: [1] }, a: 2 },
    "92 02 81 a1 78 91 01",
  ],
  [
    "numbers in their shortest form",
    { type: "array", items: { type: "number" } },
    [0, 127, 128, 65_536, -1, -33, -32_769, 2 ** 40, 0.5],
    "99 00 7f cc 80 ce 00 01 00 00 ff d0 df d2 ff ff 7f ff cf 00 00 01 00 00 00 00 00 cb 3f e0 00 00 00 00 00 00",
  ],
];

describe.each(runners)("%s", (_name, make) => {
  test.each(messages)("write %s", (_what, schema, value, bytes) => {
    const made = written({ schema, definitions, value }, make);

    expect(toHex(made)).toBe(bytes);
    expect(read({ schema, definitions }, make, made)).toEqual(value);
  });

  test("write moments as milliseconds, bytes as they are, big integers as digits", () => {
    const schema: Schema = {
      type: "array",
      prefixItems: [
        { "x-concordat": "timestamp" },
        { "x-concordat": "bytes" },
        { "x-concordat": "bigint" },
      ],
      items: false,
      minItems: 3,
    };
    const value = [new Date(1_000), Uint8Array.of(1, 2), -12n];
    const made = written({ schema, definitions, value }, make);

    expect(toHex(made)).toBe("93 cd 03 e8 c4 02 01 02 c7 03 01 2d 31 32");
    expect(read({ schema, definitions }, make, made)).toEqual(value);
  });

  test.each([1n, -1n, 1234n, 12345678n, -123456789012345n, 123n])(
    "take the big integer %s in every form that an extension of its length may have",
    (value) => {
      const schema: Schema = { "x-concordat": "bigint" };
      // The library has shorter heads for one, two, four, eight and sixteen bytes.
      const bytes = independent.encode(value);

      expect(read({ schema, definitions }, make, bytes)).toBe(value);
    },
  );

  test.each([10, 1_000])("%s bytes that are most of what they came in are not copied", (length) => {
    const schema: Schema = { "x-concordat": "bytes" };
    const made = written({ schema, definitions, value: new Uint8Array(length) }, make);
    const message = made.slice();
    const ofMessage = read({ schema, definitions }, make, message);
    const within = new Uint8Array(length * 3);
    within.set(message);
    const ofMore = read({ schema, definitions }, make, within.subarray(0, message.length));

    expect([ofMessage, ofMore]).toEqual([new Uint8Array(length), new Uint8Array(length)]);
    expect(memoryOf(ofMessage)).toBe(message.buffer);
    expect(memoryOf(ofMore)).not.toBe(within.buffer);
  });
});
