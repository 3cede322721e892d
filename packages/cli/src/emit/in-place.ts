/** What a schema says by way of the schemas that it applies to the same value. */
import type { Definitions, Schema, SchemaObject } from "@concordat/core";
import { definitionPrefix } from "@concordat/core/internal";

/** The definition that a schema refers to, or undefined. */
export function referenceOf({ $ref }: SchemaObject): string | undefined {
  return $ref?.slice(definitionPrefix.length);
}

/** Whether a definition is described by itself, with nothing in between: it says nothing, and no type can be made of it. */
export function isCircular(name: string, definitions: Definitions): boolean {
  const seen = new Set<string>();
  const leadsBack = (schema: Schema | undefined): boolean => {
    if (typeof schema !== "object") return false;
    const { allOf = [], anyOf = [], oneOf = [] } = schema;
    const reference = referenceOf(schema);
    if (reference === name) return true;
    if (reference !== undefined && !seen.has(reference)) {
      seen.add(reference);
      if (leadsBack(definitions[reference])) return true;
    }
    return [...allOf, ...anyOf, ...oneOf].some(leadsBack);
  };
  return leadsBack(definitions[name]);
}

/** Whether only objects can match a schema. */
export function isForObjects(
  schema: Schema | undefined,
  definitions: Definitions,
  trail: readonly string[] = [],
): boolean {
  if (typeof schema !== "object" || schema["x-concordat"] !== undefined) return false;
  if (schema.type === "object") return true;
  const isSo = (each: Schema): boolean => isForObjects(each, definitions, trail);
  const reference = referenceOf(schema);
  if (reference !== undefined && !trail.includes(reference)) {
    if (isForObjects(definitions[reference], definitions, [...trail, reference])) return true;
  }
  const { allOf = [], anyOf = [], oneOf = [] } = schema;
  const isOneOf = (choice: readonly Schema[]): boolean => choice.length > 0 && choice.every(isSo);
  return allOf.some(isSo) || isOneOf(anyOf) || isOneOf(oneOf);
}

/** Whether a schema for objects says nowhere which properties there are, so that all of them are kept. */
export function isOpenObject(schema: Schema): boolean {
  if (typeof schema !== "object") return schema;
  const { $ref, anyOf, oneOf, allOf = [] } = schema;
  const { properties, patternProperties, additionalProperties } = schema;
  const declaring = [$ref, anyOf, oneOf, properties, patternProperties, additionalProperties];
  return declaring.every((keyword) => keyword === undefined) && allOf.every(isOpenObject);
}
