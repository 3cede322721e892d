/** Shapes that are functions of their own: what they see at a glance is what their checks say. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { compiledCombinators } from "../../src/schema/compiled-combinators.ts";
import type { Schema } from "../../src/schema/schema.ts";
import { shapesIn } from "../../src/schema/shape-of-schema.ts";
import { mismatchOf } from "./mismatch-of.ts";

const numbers = [-1e21, -2, -1, -0, 0, 0.5, 1, 2, 2.5, 2 ** 53, 1e21, 5e-324];
const bound = fc.constantFrom(...numbers);
const scalars: fc.Arbitrary<Schema> = fc.oneof(
  fc.constantFrom<Schema>(
    { type: "boolean" },
    { type: "string" },
    { type: "string", maxLength: 1 },
  ),
  fc.record(
    {
      type: fc.constantFrom("integer" as const, "number" as const),
      minimum: bound,
      maximum: bound,
      exclusiveMinimum: bound,
      exclusiveMaximum: bound,
      multipleOf: fc.constantFrom(0.5, 2),
    },
    { requiredKeys: ["type"] },
  ),
);
const values = fc.constantFrom<unknown>(
  ...numbers,
  NaN,
  Infinity,
  1n,
  "",
  "ab",
  true,
  null,
  undefined,
  [],
  {},
  new Date(0),
  new Number(1),
);

test("of scalars in lists and objects as closures do", () => {
  const compiled = compiledCombinators();
  fc.assert(
    fc.property(scalars, fc.array(values, { maxLength: 3 }), (schema, all) => {
      for (const [outer, value] of [
        [{ type: "array", items: schema }, all],
        [{ type: "object", properties: { a: schema }, required: ["a"] }, { a: all[0] }],
      ] as const) {
        const told = mismatchOf(shapesIn({}, compiled)(outer), value);

        expect(told).toStrictEqual(mismatchOf(shapesIn({})(outer), value));
      }
    }),
    { numRuns: 5_000 },
  );
});

test("a list with a hole has no element there", () => {
  const shape = compiledCombinators().array(compiledCombinators().string());
  // oxlint-disable-next-line eslint/no-sparse-arrays -- a handler may return one
  expect(mismatchOf(shape, ["a", , "b"])).toBe("/1 is not a string");
});

test("an alternative that failed deep inside leaves the next one as many levels as it had", () => {
  const deep = (levels: number): unknown =>
    levels === 0 ? { last: 1 } : { next: [deep(levels - 1)] };
  const $ref = "#/definitions/node";
  const alternatives: readonly Schema[] = [
    { type: "object", properties: { next: { type: "array", items: { $ref }, minItems: 2 } } },
    {
      type: "object",
      properties: { next: { type: "array", items: { $ref } }, last: { type: "string" } },
      required: ["last"],
    },
    { type: "object", properties: { next: { type: "array", items: { $ref } } } },
  ];
  const shape = shapesIn({ node: { anyOf: alternatives } }, compiledCombinators())({ $ref });

  expect(mismatchOf(shape, deep(31))).toHaveProperty("accepted");
});
