/** Values that come close to matching a schema. */
import * as fc from "fast-check";
import type { Definitions, Json, Schema, SchemaObject } from "../../src/schema/schema.ts";

const names = ["a", "b", "c", "kind"];
const texts = ["", "a", "ab", "b😀", "x-1", "2024-02-30", "2024-02-29"];
export const numbers = [-1, 0, 0.5, 1, 2, 3, 1e21];

export const name = fc.constantFrom(...names);
const text = fc.constantFrom(...texts);
export const scalar: fc.Arbitrary<Json> = fc.oneof(
  text,
  fc.constantFrom(...numbers),
  fc.boolean(),
  fc.constant(null),
);
export const count = fc.integer({ min: 0, max: 3 });

/** Any JSON value from a small world, in which values meet. */
const anyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: "value" },
    { weight: 2, arbitrary: scalar },
    fc.array(tie("value"), { maxLength: 3 }),
    {
      weight: 2,
      arbitrary: fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
    },
  ),
})).value;

/** A value made along a schema. It need not match: it only comes close. */
export function valueAlong(
  schema: Schema,
  definitions: Definitions,
  depth: number,
): fc.Arbitrary<unknown> {
  if (typeof schema === "boolean" || depth === 0) return anyValue;
  const inner = (each: Schema): fc.Arbitrary<unknown> => valueAlong(each, definitions, depth - 1);
  const roads: fc.Arbitrary<unknown>[] = [];
  if (schema.const !== undefined) roads.push(fc.constant(schema.const));
  if (schema.enum !== undefined) roads.push(fc.constantFrom<unknown>(...schema.enum));
  for (const each of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), schema.if, schema.then]) {
    if (each !== undefined) roads.push(inner(each));
  }
  if (schema.allOf !== undefined) {
    roads.push(fc.tuple(...schema.allOf.map(inner)).map((parts) => parts.reduce(blended)));
  }
  if (schema.$ref !== undefined) roads.push(inner(definitions[schema.$ref.slice(14)] ?? true));
  if (schema.properties !== undefined || schema.required !== undefined)
    roads.push(objectAlong(schema, inner));
  const places = isList(schema.items) ? schema.items : schema.prefixItems;
  const each = isList(schema.items) ? schema.additionalItems : schema.items;
  if (places !== undefined) roads.push(fc.tuple(...places.map(inner)));
  else if (each !== undefined) roads.push(fc.array(inner(each), { maxLength: 3 }));
  if (schema.type === "string") roads.push(text);
  if (schema.type === "integer") roads.push(fc.constantFrom(...numbers));
  return roads.length === 0
    ? anyValue
    : fc.oneof({ weight: 8, arbitrary: fc.oneof(...roads) }, anyValue);
}

function isList(items: Schema | readonly Schema[] | undefined): items is readonly Schema[] {
  return Array.isArray(items);
}

function blended(left: unknown, right: unknown): unknown {
  const isBoth = [left, right].every((side) => typeof side === "object" && side !== null);
  return isBoth && !Array.isArray(left) && !Array.isArray(right)
    ? Object.assign({}, left, right)
    : left;
}

function objectAlong(
  { properties = {}, required = [] }: SchemaObject,
  inner: (schema: Schema) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const along = Object.entries(properties).map(([key, schema]) => [key, inner(schema)] as const);
  const bare = required
    .filter((key) => !Object.hasOwn(properties, key))
    .map((key) => [key, anyValue] as const);
  const declared = fc.record(Object.fromEntries([...along, ...bare]), {
    requiredKeys: [...required],
    noNullPrototype: true,
  });
  const extras = fc.dictionary(name, scalar, { maxKeys: 2, noNullPrototype: true });
  return fc.tuple(extras, declared).map((parts): unknown => Object.assign({}, ...parts));
}
