/** Schemas as TypeScript types. */
import type { Definitions, Schema } from "@concordat/core";
import { expect, test } from "vitest";
import { print } from "../../src/emit/print.ts";
import { TypeWriter } from "../../src/emit/type-of-schema.ts";

const definitions: Definitions = {
  Order: { type: "object", properties: { id: { type: "string" } }, required: ["id"] },
  Circle: { anyOf: [{ $ref: "#/definitions/Circle" }, { type: "string" }] },
};
const words = { definition: (name: string) => name, global: (name: string) => name };

function typeOf(schema: Schema): string {
  return print(new TypeWriter(words, definitions).typeOf(schema));
}

const order = { $ref: "#/definitions/Order" } as const;
const a = { type: "object", properties: { a: { type: "integer" } } } as const;

test.each<[string, Schema]>([
  ["unknown", true],
  ["never", false],
  ["unknown", {}],
  ["number", { type: "integer", minimum: 1 }],
  ["string | null", { type: ["string", "null"] }],
  ['"a" | 1 | null', { enum: ["a", 1, null] }],
  ['"a" | "b"', { anyOf: [{ const: "a" }, { type: "string", const: "b" }] }],
  ["[1, { a: null }]", { const: [1, { a: null }] }],
  ["string[]", { type: "array", items: { type: "string" } }],
  ["(string | null)[]", { type: "array", items: { type: ["string", "null"] } }],
  ["unknown[]", { type: "array" }],
  [
    "[string, number]",
    {
      type: "array",
      items: [{ type: "string" }, { type: "number" }],
      additionalItems: false,
      minItems: 2,
    },
  ],
  [
    "[string, (number | null)?, ...unknown[]]",
    { type: "array", prefixItems: [{ type: "string" }, { type: ["number", "null"] }], minItems: 1 },
  ],
  ["Uint8Array", { type: "object", "x-concordat": "bytes" }],
  ["Date", { type: "object", "x-concordat": "timestamp" }],
  ["bigint", { type: "object", "x-concordat": "bigint" }],
])("%s", (type, schema) => {
  expect(typeOf(schema)).toBe(type);
});

test.each<[string, Schema]>([
  [
    "{ a: string; b?: unknown }",
    { type: "object", properties: { a: { type: "string" }, b: true }, required: ["a"] },
  ],
  [
    "{ a: unknown; b?: unknown }",
    { type: "object", properties: {}, required: ["a"], dependentRequired: { a: ["b"] } },
  ],
  ["{ [key: string]: never }", { type: "object", properties: {} }],
  ["{ [key: string]: unknown }", { type: "object" }],
  ["{ a: unknown; [key: string]: unknown }", { type: "object", required: ["a"] }],
  ["{ [key: string]: number }", { type: "object", additionalProperties: { type: "number" } }],
  [
    "{ [key: string]: number | string }",
    {
      type: "object",
      patternProperties: { "^a": { type: "number" } },
      additionalProperties: { type: "string" },
    },
  ],
  ["{ a?: number; [key: string]: unknown }", { ...a, additionalProperties: { type: "string" } }],
  ["{ a?: number }", { ...a, additionalProperties: false }],
])("an object is %s", (type, schema) => {
  expect(typeOf(schema)).toBe(type);
});

test.each<[string, Schema]>([
  ["Order", order],
  ["Order & { a?: number }", { allOf: [order, a] }],
  ["Order & { b?: string }", { allOf: [order, { properties: { b: { type: "string" } } }] }],
  [
    "{ a?: number } & ({ a: unknown } | { b: unknown })",
    { ...a, anyOf: [{ required: ["a"] }, { required: ["b"] }] },
  ],
  ["Order", { allOf: [order, { type: "object" }, { minProperties: 1 }] }],
  ["{ b: unknown } & { [key: string]: unknown }", { allOf: [{ type: "object", required: ["b"] }] }],
  [
    "Order & { a?: number; [key: string]: unknown }",
    { allOf: [order, { ...a, additionalProperties: true }] },
  ],
  [
    "Order & { [key: string]: unknown }",
    { allOf: [order, { type: "object", patternProperties: { "^a": { type: "string" } } }] },
  ],
  ["never", { not: {} }],
  ["string", { type: "string", not: { const: "a" } }],
])("what several schemas say is %s", (type, schema) => {
  expect(typeOf(schema)).toBe(type);
});

test("keywords about objects say nothing where other values are allowed, too", () => {
  expect(typeOf({ properties: { a: { type: "string" } } })).toBe("unknown");
  expect(typeOf({ anyOf: [order, { type: "null" }], required: ["id"] })).toBe("Order | null");
});

test("a definition that is only itself has no type", () => {
  expect(typeOf({ $ref: "#/definitions/Circle" })).toBe("unknown");
  expect(typeOf(definitions["Circle"] ?? true)).toBe("unknown");
});
