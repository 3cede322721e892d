/** Shapes against TypeBox's own checks of plain JSON Schema. */
import * as fc from "fast-check";
import { Check } from "typebox/schema";
import { expect, test } from "vitest";
import { Mismatch } from "../../src/schema/shape.ts";
import { compiledCombinators } from "../../src/schema/compiled-combinators.ts";
import { shapeOf, shapesIn } from "../../src/schema/shape-of-schema.ts";
import { type Case, cases } from "./schema-arbitrary.ts";

const numRuns = 5_000;
/** A second on a quiet machine; a busy one must not turn it into a failure. */
const timeout = 60_000;

type Outcome =
  | { readonly accepted: true; readonly result: unknown }
  | { readonly accepted: false; readonly path: string; readonly reason: string };

function conformed(
  { schema, definitions, value }: Case,
  shape = shapeOf(schema, definitions),
): Outcome {
  try {
    return { accepted: true, result: shape.conform(value) };
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    return { accepted: false, path: error.path, reason: error.reason };
  }
}

function isValid({ schema, definitions }: Case, value: unknown): boolean {
  const whole = typeof schema === "boolean" ? { allOf: [schema] } : schema;
  return Check({ ...whole, definitions }, value);
}

test("a shape accepts exactly the values that TypeBox accepts", { timeout }, () => {
  let accepted = 0;
  fc.assert(
    fc.property(cases({ fragile: false }), (each) => {
      const outcome = conformed(each);
      if (outcome.accepted) accepted += 1;
      expect(outcome.accepted).toBe(isValid(each, each.value));
    }),
    { numRuns },
  );
  // A law about accepting says nothing when nearly nothing is accepted.
  expect(accepted).toBeGreaterThan(numRuns / 10);
  expect(accepted).toBeLessThan((numRuns * 9) / 10);
});

test(
  "what a shape lets out matches the schema, and is let in unchanged on the other side",
  { timeout },
  () => {
    fc.assert(
      fc.property(cases({ fragile: true }), (each) => {
        const outcome = conformed(each);
        fc.pre(outcome.accepted);

        expect(isValid(each, each.value)).toBe(true);
        expect(isValid(each, outcome.result)).toBe(true);
        expect(conformed({ ...each, value: outcome.result })).toEqual(outcome);
      }),
      { numRuns },
    );
  },
);

test(
  "a valid value is refused only when it would not be valid without its undeclared properties",
  { timeout },
  () => {
    fc.assert(
      fc.property(cases({ fragile: true }), (each) => {
        const outcome = conformed(each);
        if (outcome.accepted || !isValid(each, each.value)) return;

        expect(outcome.reason).toMatch(/once undeclared properties are left out$/);
      }),
      { numRuns },
    );
  },
);

test("a shape that looks at objects with functions of their own says the same", { timeout }, () => {
  const making = compiledCombinators();
  fc.assert(
    fc.property(cases({ fragile: true }), (each) => {
      const { schema, definitions } = each;

      expect(conformed(each, shapesIn(definitions, making)(schema))).toStrictEqual(conformed(each));
    }),
    { numRuns },
  );
});
