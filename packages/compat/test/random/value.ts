/** Random values that a schema may like, or nearly. */
import type { Chance } from "./chance.ts";
import { definition, names, type Raw, type RawObject } from "./schema.ts";

const texts = [
  "",
  "a",
  "b",
  "c",
  "x",
  "y",
  "z",
  "ab",
  "abc",
  "aaaa",
  "aaaaaa",
  "abcde",
  "xb",
  "k1",
  "9",
  "A",
  "aé",
  "😀",
  "bb",
  "aa",
  "2024-02-29",
  "2024-02-29T12:30:00Z",
  "a@b.co",
  "127.0.0.1",
];
const numbers = [0, 1, 2, 3, 4, 5, 6, -1, -2, 0.5, 1.5, 0.25, 0.1, 0.3, 12, 1e21, 2.5, -0.5];

/** A value drawn along a schema. It may well be invalid: callers check. */
export function randomValue(chance: Chance, document: Raw, schema: Raw, depth = 5): unknown {
  if (typeof schema === "boolean" || depth <= 0) return anything(chance, 1);
  if (chance.is(0.03)) return anything(chance, 2);
  const { const: only, enum: listed, $ref, anyOf, oneOf, allOf } = schema;
  if (only !== undefined) return only;
  if (listed !== undefined) return chance.of(listed.map((value) => [value]))[0];
  const parts: Raw[] = [];
  if ($ref !== undefined) parts.push(definition(document, $ref));
  if (anyOf !== undefined && anyOf.length > 0) parts.push(chance.of(anyOf));
  if (oneOf !== undefined && oneOf.length > 0) parts.push(chance.of(oneOf));
  if (allOf !== undefined) parts.push(...allOf);
  if (schema.if !== undefined) {
    if (chance.is(0.5)) parts.push(schema.if, schema.then ?? true);
    else parts.push(schema.else ?? true);
  }
  if (parts.length > 0) return randomValue(chance, document, merged([schema, ...parts]), depth - 1);
  const type = chance.of([schema.type ?? guess(schema)].flat());
  switch (type) {
    case "object":
      return randomObject(chance, document, schema, depth);
    case "array":
      return randomArray(chance, document, schema, depth);
    case "string":
      return chance.of(texts);
    case "integer":
    case "number":
      return chance.of(numbers);
    case "boolean":
      return chance.is(0.5);
    case "null":
      return null;
    default:
      return anything(chance, 2);
  }
}

function guess(schema: RawObject): unknown {
  if ("properties" in schema || "required" in schema) return "object";
  if ("items" in schema) return "array";
  return "any";
}

function merged(parts: readonly Raw[]): Raw {
  const whole: RawObject = {};
  for (const part of parts) {
    if (typeof part === "boolean") continue;
    const { $ref: reference, anyOf, oneOf, allOf, if: test, ...rest } = part;
    const properties = { ...whole.properties, ...part.properties };
    const required = [...(whole.required ?? []), ...(part.required ?? [])];
    Object.assign(whole, rest);
    if (Object.keys(properties).length > 0) whole.properties = properties;
    if (required.length > 0) whole.required = required;
    if (part === parts[0]) continue;
    if (reference !== undefined) whole.$ref = reference;
    if (anyOf !== undefined) whole.anyOf = anyOf;
    if (oneOf !== undefined) whole.oneOf = oneOf;
    if (allOf !== undefined) whole.allOf = allOf;
    if (test !== undefined) whole.if = test;
  }
  return whole;
}

function randomObject(chance: Chance, document: Raw, schema: RawObject, depth: number): unknown {
  const { properties = {}, required = [] } = schema;
  const often = chance.of([0.2, 0.5, 0.9]);
  const value: { [name: string]: unknown } = {};
  for (const [name, inner] of Object.entries(properties)) {
    if (required.includes(name) || chance.is(often))
      value[name] = randomValue(chance, document, inner, depth - 1);
  }
  for (const name of required)
    if (!Object.hasOwn(properties, name)) value[name] = anything(chance, 1);
  const extra = schema.additionalProperties ?? Object.values(schema.patternProperties ?? {})[0];
  const isShapeless = schema.properties === undefined && extra === undefined;
  if (extra !== undefined || isShapeless) {
    for (const name of chance.some([...names, "k1", "x1"], 0.25)) {
      if (!Object.hasOwn(value, name))
        value[name] =
          extra === undefined
            ? anything(chance, 1)
            : randomValue(chance, document, extra, depth - 1);
    }
  }
  return value;
}

function randomArray(chance: Chance, document: Raw, schema: RawObject, depth: number): unknown {
  const { items, prefixItems, additionalItems, contains } = schema;
  const prefix = Array.isArray(items) ? items : (prefixItems ?? []);
  const rest = Array.isArray(items) ? additionalItems : items;
  const least = schema.minItems ?? 0;
  const length = Math.min(least + chance.below(3), schema.maxItems ?? 4);
  return Array.from({ length }, (_, index) => {
    if (contains !== undefined && chance.is(0.4))
      return randomValue(chance, document, contains, depth - 1);
    return randomValue(chance, document, prefix[index] ?? rest ?? true, depth - 1);
  });
}

function anything(chance: Chance, depth: number): unknown {
  switch (chance.below(depth > 0 ? 7 : 5)) {
    case 0:
      return null;
    case 1:
      return chance.is(0.5);
    case 2:
    case 3:
      return chance.of(numbers);
    case 4:
      return chance.of(texts);
    case 5:
      return Array.from({ length: chance.below(3) }, () => anything(chance, depth - 1));
    default:
      return Object.fromEntries(
        chance.some(names, 0.4).map((name) => [name, anything(chance, depth - 1)]),
      );
  }
}
