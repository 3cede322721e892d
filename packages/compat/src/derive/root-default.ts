/** Defaults that the object at the root of a message states for properties which it requires. */
import type { Definitions, Json, Schema, SchemaObject } from "@concordat/core";
import { definitionPrefix, Mismatch, shapeOf } from "@concordat/core/internal";

/** A property with what stands for it where it is missing. */
export interface RootDefault {
  readonly property: string;
  readonly value: Json;
}

/**
 * Keywords beside which a property can be filled in without anything else becoming untrue: nothing that counts
 * properties or depends on one being absent.
 */
const plain: ReadonlySet<string> = new Set([
  "type",
  "properties",
  "required",
  "additionalProperties",
  "title",
  "description",
  "examples",
  "deprecated",
]);

/** The defaults that may be filled in: each is valid where it stands. */
export function defaultsOf(schema: Schema, definitions: Definitions): readonly RootDefault[] {
  const root = rootOf(schema, definitions);
  if (root === undefined) return [];
  const { properties = {}, required = [] } = root;
  return required.flatMap((property) => {
    const inner = Object.hasOwn(properties, property) ? properties[property] : undefined;
    const value = typeof inner === "object" ? inner.default : undefined;
    if (inner === undefined || value === undefined) return [];
    return accepts(inner, definitions, value) ? [{ property, value }] : [];
  });
}

/** The same message, where those properties may be missing. */
export function withoutDefaulted(schema: Schema, definitions: Definitions): Schema {
  const root = rootOf(schema, definitions);
  if (root === undefined) return schema;
  const filled = new Set(defaultsOf(schema, definitions).map(({ property }) => property));
  const required = (root.required ?? []).filter((property) => !filled.has(property));
  return { ...root, required };
}

/** The object itself, where the message is nothing but a plain one. */
function rootOf(schema: Schema, definitions: Definitions): SchemaObject | undefined {
  if (typeof schema !== "object") return undefined;
  const { $ref } = schema;
  if ($ref !== undefined) {
    const name = $ref.slice(definitionPrefix.length);
    const target = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    const isPlain = typeof target === "object" && target.$ref === undefined;
    return isPlain && Object.keys(schema).length === 1 ? rootOf(target, definitions) : undefined;
  }
  return schema.type === "object" && Object.keys(schema).every((keyword) => plain.has(keyword))
    ? schema
    : undefined;
}

function accepts(schema: Schema, definitions: Definitions, value: Json): boolean {
  try {
    shapeOf(schema, definitions).conform(value);
    return true;
  } catch (error) {
    if (error instanceof Mismatch) return false;
    throw error;
  }
}
