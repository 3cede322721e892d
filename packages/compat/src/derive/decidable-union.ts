/** Unions of which it is plain which alternative an object is. */
import type { Json, Schema, SchemaObject } from "@concordat/core";
import { canonicalJson } from "@concordat/core/internal";

/** The alternatives of such a union. */
export interface Alternatives {
  /** The property that tells the objects apart; undefined where there is only one. */
  readonly tag: string | undefined;
  readonly objects: readonly { readonly schema: Schema; readonly is: Json | undefined }[];
  /** Those that no object is. */
  readonly others: readonly Schema[];
}

const keywords: ReadonlySet<string> = new Set(["anyOf", "title", "description", "default"]);

/** The alternatives; `undefined` where the schema is no such union. */
export function alternativesOf(
  schema: SchemaObject,
  resolved: (schema: Schema) => Schema | undefined,
): Alternatives | undefined {
  const { anyOf } = schema;
  if (anyOf === undefined || !Object.keys(schema).every((each) => keywords.has(each)))
    return undefined;
  const all = anyOf.map((each) => ({ schema: each, means: resolved(each) }));
  const others = all.filter(({ means }) => isNoObject(means)).map((each) => each.schema);
  const objects = all.filter(({ means }) => !isNoObject(means));
  if (!objects.every(({ means }) => typeof means === "object" && means.type === "object"))
    return undefined;
  const means = objects.map((each) => each.means as SchemaObject); // every one of them, as was just seen
  if (objects.length < 2)
    return { tag: undefined, objects: objects.map((each) => ({ ...each, is: undefined })), others };
  const tag = Object.keys(means[0]?.properties ?? {}).find((name) => isTag(name, means));
  if (tag === undefined) return undefined;
  const told = objects.map((each, index) => ({
    schema: each.schema,
    is: constantOf(means[index], tag),
  }));
  return { tag, objects: told, others };
}

/** Whether every alternative requires it, each with a value of its own. */
function isTag(name: string, alternatives: readonly SchemaObject[]): boolean {
  const values = alternatives.map((each) =>
    each.required?.includes(name) === true ? constantOf(each, name) : undefined,
  );
  const texts = values.map((value) => (value === undefined ? undefined : canonicalJson(value)));
  return !texts.includes(undefined) && new Set(texts).size === texts.length;
}

function constantOf(schema: SchemaObject | undefined, name: string): Json | undefined {
  const { properties = {} } = schema ?? {};
  const inner = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return typeof inner === "object" ? inner.const : undefined;
}

/** Texts, numbers, lists and the like: what says its type, and another one than an object's. */
function isNoObject(schema: Schema | undefined): boolean {
  if (typeof schema !== "object") return schema === false;
  const { type, const: constant, enum: listed = constant === undefined ? [] : [constant] } = schema;
  if (listed.length > 0) return listed.every((each) => typeof each !== "object" || each === null);
  const types = typeof type === "string" ? [type] : (type ?? ["object"]);
  return !types.includes("object");
}
