/** What a schema says about objects, as a call. */
import type { Schema, SchemaObject } from "../schema.ts";
import { call, callWith, type Expression, type Member } from "./expression.ts";
import { keywordRules } from "./keyword-rules.ts";

/** Turns a schema inside of another one into an expression. */
export type Inner = (schema: Schema) => Expression;

const declaring = ["properties", "patternProperties", "additionalProperties"] as const;

/** The keywords that speak of objects. */
export const objectKeywords = [
  ...declaring,
  "required",
  "propertyNames",
  "minProperties",
  "maxProperties",
  "dependentRequired",
] as const;

/** The shape of the objects that a schema admits. Only one that declares properties leaves others out. */
export function objectExpression(schema: SchemaObject, inner: Inner): Expression {
  const { propertyNames, patternProperties, additionalProperties } = schema;
  const rules: Member[] = keywordRules(schema, [
    "minProperties",
    "maxProperties",
    "dependentRequired",
  ]);
  if (propertyNames !== undefined) rules.push(["propertyNames", inner(propertyNames)]);
  if (declaring.every((keyword) => schema[keyword] === undefined)) {
    return callWith("openObject", [], [...keywordRules(schema, ["required"]), ...rules]);
  }
  const members = declaredMembers(schema, inner);
  const isRecord = members.length === 0 && schema.properties === undefined && !patternProperties;
  if (isRecord && additionalProperties !== undefined && additionalProperties !== false) {
    return callWith("record", [inner(additionalProperties)], rules);
  }
  if (additionalProperties !== undefined) {
    rules.unshift(["additionalProperties", inner(additionalProperties)]);
  }
  if (patternProperties !== undefined) {
    const patterns = Object.entries(patternProperties);
    const shapes = patterns.map(([pattern, value]): Member => [pattern, inner(value)]);
    rules.unshift(["patternProperties", { members: shapes }]);
  }
  return callWith("object", [{ members }], rules);
}

/**
 * The properties that count as declared.
 *
 * One that is only named, as required, does too: left out, the rest would not match any more.
 */
function declaredMembers(schema: SchemaObject, inner: Inner): Member[] {
  const { properties = {}, required = [], dependentRequired = {} } = schema;
  const named = [...required, ...Object.values(dependentRequired).flat()];
  const names = new Set([...Object.keys(properties), ...named]);
  // In one order whatever the document's: fingerprints do not see that either.
  return [...names].toSorted().map((name) => {
    const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const shape = inner(value ?? otherwise(schema, name));
    return [name, required.includes(name) ? shape : call("optional", shape)];
  });
}

/** What a schema says about a property that it does not list. */
function otherwise(schema: SchemaObject, name: string): Schema {
  const patterns = Object.keys(schema.patternProperties ?? {});
  const isMatched = patterns.some((pattern) => new RegExp(pattern, "u").test(name));
  return isMatched ? true : (schema.additionalProperties ?? true);
}
