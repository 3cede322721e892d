/** The TypeScript type of the objects that a schema lets through. */
import type { Schema, SchemaObject } from "@concordat/core";

import { choice, type Code, type Item, member } from "./code.ts";
import { paragraphsOf, untagged } from "./doc-comment.ts";
import { typeKey } from "./literal.ts";

/** The properties that every object of a schema has or may have. */
export function objectMembers(schema: SchemaObject, typeOf: (schema: Schema) => Code): Item[] {
  const { properties = {}, required = [], dependentRequired = {} } = schema;
  const mentioned = [...required, ...Object.values(dependentRequired).flat()];
  const names = [...new Set([...Object.keys(properties), ...mentioned])];
  return names.map((name): Item => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const mark = required.includes(name) ? "" : "?";
    const code = member(typeKey(name) + mark, typeOf(valueSchema(schema, name)));
    const doc = docOf(property);
    return doc === undefined ? { code } : { code, doc };
  });
}

/** What a schema's own texts say, as the lines of a comment. */
export function docOf(schema: Schema | undefined): readonly string[] | undefined {
  if (typeof schema !== "object") return undefined;
  const { title, description, deprecated } = schema;
  const text = description ?? title;
  return paragraphsOf([text && untagged(text)], deprecated === true ? ["@deprecated"] : []);
}

/** All that is said about the values of a property. */
function valueSchema(schema: SchemaObject, name: string): Schema {
  const { properties = {}, patternProperties = {}, additionalProperties = true } = schema;
  const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
  const matching = Object.entries(patternProperties)
    .filter(([pattern]) => new RegExp(pattern, "u").test(name))
    .map(([, value]) => value);
  const [first, ...others] = own === undefined ? matching : [own, ...matching];
  if (first === undefined) return additionalProperties;
  return others.length === 0 ? first : { allOf: [first, ...others] };
}

/**
 * The index signature of an object that may hold more than its declared properties.
 *
 * TypeScript wants declared properties to fit it too, so beside those it says nothing about the others' values.
 */
export function indexSignature(
  schema: SchemaObject,
  isMixed: boolean,
  typeOf: (schema: Schema) => Code,
): Code | undefined {
  const { properties, patternProperties, additionalProperties } = schema;
  const key = "[key: string]";
  const isOpen = additionalProperties !== undefined && additionalProperties !== false;
  if (patternProperties === undefined && !isOpen) {
    if (properties === undefined && additionalProperties === undefined)
      return member(key, "unknown");
    return isMixed ? undefined : member(key, "never");
  }
  if (isMixed) return member(key, "unknown");
  const types = Object.values(patternProperties ?? {}).map(typeOf);
  if (isOpen) types.push(typeOf(additionalProperties));
  return member(key, types.includes("unknown") ? "unknown" : choice(types));
}

/** Whether a schema is nothing but an object with members, and so can be an interface. */
export function isPlainObjectSchema(schema: Schema): schema is SchemaObject {
  if (typeof schema === "boolean" || schema.type !== "object") return false;
  return !notPlain.some((keyword) => schema[keyword] !== undefined);
}

const notPlain = [
  "$ref",
  "x-concordat",
  "const",
  "enum",
  "anyOf",
  "oneOf",
  "allOf",
  "not",
  "if",
] as const;
