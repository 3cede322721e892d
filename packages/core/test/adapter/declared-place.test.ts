/** Steps that know what a message can hold: they do what they do without, and keep nothing of what cannot be there. */
import * as fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import { DeclaredPlace } from "../../src/adapter/declared-place.ts";
import { compileSteps } from "../../src/adapter/step-tree.ts";
import type { AdapterStep } from "../../src/index.ts";
import type { Definitions, Schema } from "../../src/schema/schema.ts";
import { shapeOf } from "../../src/schema/shape-of-schema.ts";
import { Mismatch } from "../../src/schema/shape.ts";
import { cases } from "../schema/schema-arbitrary.ts";
import { anyStep, name } from "./step-arbitrary.ts";

const text: Schema = { type: "string" };

/** A value as a schema lets it through; `undefined` where it does not. */
function conformed(schema: Schema, definitions: Definitions, value: unknown): unknown {
  try {
    return shapeOf(schema, definitions).conform(value);
  } catch (error) {
    if (error instanceof Mismatch) return undefined;
    throw error;
  }
}

const { schema: closed } = fc.letrec<{ schema: Schema }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.constant<Schema>(true),
    fc
      .dictionary(name, tie("schema"), { maxKeys: 4 })
      .map((properties): Schema => ({ type: "object", properties })),
    tie("schema").map((items): Schema => ({ type: "array", items })),
    fc.constantFrom<Schema>(
      { $ref: "#/definitions/node" },
      { type: ["object", "array"], properties: { a: true }, items: true },
      { type: "object", properties: { a: true }, additionalProperties: true },
      { type: "object", properties: { a: true }, patternProperties: { "^b": true } },
      { type: "object", required: ["a"] },
      { type: "object", properties: { a: true }, dependentRequired: { a: ["b"] } },
      { anyOf: [{ type: "object", properties: { a: true } }, true] },
      { type: "array", items: [true, { type: "object", properties: { a: true } }] },
    ),
  ),
}));
const node: Schema = {
  type: "object",
  properties: { a: { $ref: "#/definitions/node" }, b: text, c: { type: "array", items: true } },
};
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(1, "x", null),
    fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
    fc.array(tie("value"), { maxLength: 3 }),
  ),
}));
const steps = fc.array(anyStep, { maxLength: 8 });

test.each<[string, fc.Arbitrary<{ schema: Schema; definitions: Definitions; value: unknown }>]>([
  [
    "declare what they hold",
    fc.record({ schema: closed, definitions: fc.constant({ node }), value: anyValue }),
  ],
  ["say anything", cases({ fragile: true })],
])("steps do the same to messages of schemas that %s as to any others", (_, all) => {
  let places = 0;
  fc.assert(
    fc.property(all, steps, ({ schema, definitions, value }, given) => {
      const own = conformed(schema, definitions, value);
      fc.pre(own !== undefined);
      const place = DeclaredPlace.of(schema, definitions);
      if (place !== undefined) places += 1;

      expect(compileSteps(given, place)(own)).toStrictEqual(compileSteps(given)(own));
    }),
    { numRuns: 3_000 },
  );
  expect(places).toBeGreaterThan(100);
});

const outer: Schema = {
  type: "object",
  properties: { a: { type: "object", properties: { y: text } }, y: text },
};
const intoA: AdapterStep = { step: "plunge", at: "", name: "y", inside: "a" };
const outOfA: AdapterStep = { step: "hoist", at: "", name: "y", inside: "a" };

function rename(at: string, from: string, to: string): AdapterStep {
  return { step: "rename", at, from, to };
}

test.each<[what: string, Schema, steps: readonly AdapterStep[], value: unknown, after: unknown]>([
  [
    "is only required",
    { type: "object", properties: {}, required: ["b"] },
    [rename("", "b", "c")],
    { b: 1 },
    { c: 1 },
  ],
  [
    "an earlier step put further inside",
    { type: "object", properties: { y: text, a: { type: "object", properties: { x: text } } } },
    [intoA, rename("/a", "y", "z")],
    { y: "1", a: { x: "2" } },
    { a: { x: "2", z: "1" } },
  ],
  [
    "an earlier step took out",
    { type: "object", properties: { a: { type: "object", properties: { y: text } } } },
    [outOfA, rename("", "y", "z")],
    { a: { y: "1" } },
    { a: {}, z: "1" },
  ],
  [
    "stands in a default",
    outer,
    [{ step: "default", at: "", name: "a", value: { x: 1 } }, rename("/a", "x", "z")],
    {},
    { a: { z: 1 } },
  ],
  [
    "was renamed before what it is in was",
    outer,
    [rename("/a", "y", "x"), rename("", "a", "d"), rename("/d", "x", "z")],
    { a: { y: "1" } },
    { d: { z: "1" } },
  ],
  [
    "has the name of what every object has by birth",
    { type: "object", properties: { toString: text, y: text } },
    [rename("", "y", "z")],
    { y: "1" },
    { z: "1" },
  ],
  ["may be missing", outer, [rename("", "y", "z")], { y: "1" }, { z: "1" }],
  [
    "was dropped where it held a value, and is filled in again",
    outer,
    [
      { step: "drop", at: "", names: ["y", "b"], when: "1" },
      { step: "default", at: "", name: "y", value: "2" },
      { step: "default", at: "", name: "b", value: "3" },
    ],
    { y: "1" },
    { y: "2", b: "3" },
  ],
])("what %s is there", (_, schema, given, value, after) => {
  expect(compileSteps(given, DeclaredPlace.of(schema, {}))(value)).toStrictEqual(after);
});

test("a definition that only refers to itself declares nothing", () => {
  const definitions = { a: { $ref: "#/definitions/b" }, b: { $ref: "#/definitions/a" } };

  expect(DeclaredPlace.of({ $ref: "#/definitions/a" }, definitions)).toBeUndefined();
});

test("however long a chain of renames is, only the names at its ends are looked for", () => {
  const chain = Array.from({ length: 200 }, (_, at): AdapterStep => ({
    step: "rename",
    at: "/l/*",
    from: `n${at}`,
    to: `n${at + 1}`,
  }));
  const line: Schema = { type: "object", properties: { n0: text, kept: text } };
  const place = DeclaredPlace.of(
    { type: "object", properties: { l: { type: "array", items: line } } },
    {},
  );
  const looked = new Set<unknown>();
  const odd = new Proxy(
    { kept: "k" },
    {
      getOwnPropertyDescriptor: (target, key) => (
        looked.add(key),
        Reflect.getOwnPropertyDescriptor(target, key)
      ),
    },
  );

  // Functions that are made of text do not look for names that are not there.
  vi.stubGlobal("Function", () => {
    throw new EvalError("Code generation from strings disallowed for this context");
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const run = compileSteps(chain, place);
  expect(run({ l: [{ n0: "x", kept: "k" }] })).toEqual({ l: [{ n200: "x", kept: "k" }] });
  expect(run({ l: [odd] })).toEqual({ l: [{ kept: "k" }] });
  expect(looked.size).toBeLessThan(5);
});
