/** What a schema says by listing values, as a call. */
import { equalsJson } from "../equality.ts";
import { isText } from "../keyword.ts";
import type { Json, Schema, SchemaObject, SchemaType } from "../schema.ts";
import { call, type Call } from "./expression.ts";

/** The choice between the values that `const` and `enum` list, as far as `type` admits them. */
export function valueExpression(schema: SchemaObject): Call | undefined {
  const values = valuesOf(schema);
  if (values === undefined) return undefined;
  if (values.length === 0) return call("nothing");
  return literalCall(values);
}

/** All values that alternatives list, when each is nothing but a list of scalars and no value comes twice. */
export function listedValues(alternatives: readonly Schema[]): readonly Json[] | undefined {
  const listed = alternatives.map((schema) => (isOnlyList(schema) ? valuesOf(schema) : undefined));
  if (listed.length === 0 || listed.includes(undefined)) return undefined;
  const values = listed.flatMap((each) => each ?? []);
  const areScalars = values.every((value) => typeof value !== "object" || value === null);
  return areScalars && new Set(values).size === values.length ? values : undefined;
}

const listing: ReadonlySet<string> = new Set(["const", "enum", "type"]);

function isOnlyList(schema: Schema): schema is SchemaObject {
  if (typeof schema !== "object") return false;
  return Object.keys(schema).every((keyword) => listing.has(keyword) || isText(keyword));
}

/** The only call for a choice between values: in one order, whatever the document's. */
export function literalCall(values: readonly Json[]): Call {
  const texts = new Map(values.map((value) => [canonicalText(value), value]));
  const sorted = [...texts].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return call("literal", ...sorted.map(([, value]) => ({ value })));
}

/** Equal values have equal texts. */
function canonicalText(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalText).join()}]`;
  const members = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${canonicalText(member)}`,
  );
  return `{${members.toSorted().join()}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function valuesOf(schema: SchemaObject): readonly Json[] | undefined {
  const { const: constant, enum: choices, type } = schema;
  const listed = constant === undefined ? choices : [constant];
  if (listed === undefined) return undefined;
  const types = typeof type === "string" ? [type] : type;
  return listed.filter(
    (value) =>
      (types === undefined || types.some((each) => isOfType(value, each))) &&
      (choices === undefined || choices.some((choice) => equalsJson(value, choice))),
  );
}

function isOfType(value: Json, type: SchemaType): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object")
    return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}
