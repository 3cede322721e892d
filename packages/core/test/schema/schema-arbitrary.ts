/** Random schemas of the contract's subset, each with a value that stands a chance to match it. */
import * as fc from "fast-check";
import { count, name, numbers, scalar, valueAlong } from "./value-arbitrary.ts";
import type { Definitions, Schema, SchemaObject } from "../../src/schema/schema.ts";

/** A schema with the definitions that it may refer to. */
export interface Case {
  readonly schema: Schema;
  readonly definitions: Definitions;
  readonly value: unknown;
}

function maybe<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 2 });
}

function mostly<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(arbitrary, { nil: undefined, freq: 8 });
}

function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

/** Only the members that are there, as JSON would have it. */
function some(members: {
  [Key in keyof SchemaObject]: fc.Arbitrary<SchemaObject[Key] | undefined>;
}) {
  return fc
    .record(members)
    .map((all) =>
      Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
    );
}

const numberRules = some({
  minimum: rarely(fc.constantFrom(...numbers)),
  maximum: rarely(fc.constantFrom(...numbers)),
  exclusiveMinimum: rarely(fc.constantFrom(...numbers)),
  exclusiveMaximum: rarely(fc.constantFrom(...numbers)),
  multipleOf: rarely(fc.constantFrom(0.5, 1, 2)),
});
const stringRules = some({
  minLength: rarely(count),
  maxLength: rarely(count),
  pattern: rarely(fc.constantFrom("^[a-z]", "^x-", "^.$")),
  format: rarely(fc.constantFrom("date", "no-such-format")),
});

function uniqueNames(): fc.Arbitrary<string[]> {
  return fc.uniqueArray(name, { maxLength: 2 });
}

function objectRules(inner: fc.Arbitrary<Schema>): fc.Arbitrary<SchemaObject> {
  return some({
    properties: mostly(fc.dictionary(name, inner, { maxKeys: 3 })),
    required: maybe(uniqueNames()),
    additionalProperties: rarely(inner),
    patternProperties: rarely(fc.dictionary(fc.constantFrom("^a", "^[bc]"), inner, { maxKeys: 2 })),
    maxProperties: rarely(count),
    dependentRequired: rarely(fc.dictionary(name, uniqueNames(), { maxKeys: 1 })),
    propertyNames: rarely(stringRules),
  }).map(plain);
}

function arrayRules(inner: fc.Arbitrary<Schema>): fc.Arbitrary<SchemaObject> {
  const bounds = { minItems: rarely(count), maxItems: rarely(count) };
  return fc.oneof(
    some({ items: inner, ...bounds }),
    some({ items: fc.array(inner, { maxLength: 3 }), additionalItems: maybe(inner), ...bounds }),
    some({ prefixItems: fc.array(inner, { maxLength: 3 }), items: maybe(inner), ...bounds }),
  );
}

function beside(first: SchemaObject): (rules: SchemaObject) => SchemaObject {
  return (rules) => Object.assign({}, first, rules);
}

function together(parts: readonly SchemaObject[]): SchemaObject {
  return Object.assign({}, ...parts) as SchemaObject; // keywords of schemas
}

/** fast-check's dictionaries have no prototype; schemas are read from JSON. */
function plain(schema: SchemaObject): SchemaObject {
  return JSON.parse(JSON.stringify(schema)) as SchemaObject; // the same schema
}

/** A union whose alternatives have a literal in one property, as authors write events. */
function taggedUnion(inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  const tags = ["a", "ab", 1];
  return fc.array(inner, { minLength: 2, maxLength: 3 }).map((each) => ({
    anyOf: each.map((schema, index) => ({
      type: "object",
      properties: { kind: { const: tags[index] ?? null }, a: schema },
      required: ["kind"],
    })),
  }));
}

/** Keywords that can hold for a value and not for what is left of it without undeclared properties. */
function fragile(inner: fc.Arbitrary<Schema>): fc.Arbitrary<Schema> {
  return fc.oneof(
    some({ oneOf: fc.array(inner, { minLength: 1, maxLength: 3 }) }),
    some({ not: inner }),
    some({ if: inner, then: maybe(inner), else: maybe(inner) }),
    some({ type: fc.constant("array"), items: maybe(inner), uniqueItems: fc.boolean() }),
    some({ contains: inner, minContains: maybe(count), maxContains: maybe(count) }),
    some({ properties: fc.dictionary(name, inner, { maxKeys: 2 }), minProperties: count }).map(
      plain,
    ),
  );
}

function schemas(withFragile: boolean): fc.Arbitrary<Schema> {
  const { schema } = fc.letrec<{ schema: Schema }>((tie) => {
    const inner = tie("schema");
    const typed = fc.oneof(
      fc.constantFrom<Schema>({ type: "boolean" }, { type: "null" }, { type: "number" }),
      numberRules.map(beside({ type: "integer" })),
      stringRules.map(beside({ type: "string" })),
      fc.uniqueArray(scalar, { minLength: 1, maxLength: 3 }).map((values) => ({ enum: values })),
      scalar.map((value) => ({ const: value })),
      fc.constantFrom<Schema>({ const: { a: 1 } }, { enum: [[1, "a"], { b: null }, 2] }),
    );
    const compound = fc.oneof(
      { weight: 5, arbitrary: objectRules(inner).map(beside({ type: "object" })) },
      { weight: 2, arbitrary: arrayRules(inner).map(beside({ type: "array" })) },
      fc.tuple(numberRules, stringRules).map(together),
      objectRules(inner),
      objectRules(inner).map(beside({ type: ["object", "null", "string"] })),
      fc.constantFrom<Schema>({ $ref: "#/definitions/Tree" }, { $ref: "#/definitions/Leaf" }),
      {
        weight: 2,
        arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      },
      {
        weight: 2,
        arbitrary: fc.array(inner, { minLength: 1, maxLength: 3 }).map((allOf) => ({ allOf })),
      },
      fc
        .tuple(objectRules(inner), some({ anyOf: fc.array(inner, { minLength: 1, maxLength: 3 }) }))
        .map(together),
      taggedUnion(inner),
      ...(withFragile ? [{ weight: 5, arbitrary: fragile(inner) }] : []),
    );
    return {
      schema: fc.oneof(
        { maxDepth: 3, depthIdentifier: "schema" },
        { weight: 3, arbitrary: typed },
        { weight: 6, arbitrary: compound },
        { weight: 1, arbitrary: fc.boolean() },
      ),
    };
  });
  return schema;
}

/** What a random schema may refer to. */
export const definitions: Definitions = {
  Leaf: {
    type: "object",
    properties: { a: { type: "string" }, kind: { const: "ab" } },
    required: ["a"],
  },
  Tree: {
    type: "object",
    properties: {
      a: { type: "integer" },
      b: { anyOf: [{ $ref: "#/definitions/Tree" }, { $ref: "#/definitions/Leaf" }] },
      c: { type: "array", items: { $ref: "#/definitions/Tree" } },
    },
  },
};

/** A schema with a value that may match it; with or without the keywords that undeclared properties can upset. */
export function cases(options: { readonly fragile: boolean }): fc.Arbitrary<Case> {
  return schemas(options.fragile).chain((schema) =>
    valueAlong(schema, definitions, 4).map((value) => ({ schema, definitions, value })),
  );
}
