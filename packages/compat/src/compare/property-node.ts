/** Questions about the schema of one property. */
import { accepted } from "../include/literal.ts";
import type { SchemaNode } from "../normal/node.ts";
import { isRecord } from "../normal/value.ts";
import type { Json } from "@concordat/core";
import type { Difference, Side } from "./difference.ts";
import type { Differ } from "./differ.ts";
import { isRequired, propertyNode, shapeOf, type Variant } from "./shape.ts";

/** The two sides of a difference. */
export interface Both {
  readonly before: Variant;
  readonly after: Variant;
}

/** What a side demands of one property: that it is there, and what it holds. */
export function propertyDemand(
  differ: Differ,
  variant: Variant,
  name: string,
): SchemaNode | undefined {
  const node = propertyNode(variant, name);
  const required = isRequired(variant, name);
  if (node === undefined && !required) return undefined;
  const raw = {
    ...(node && { properties: Object.fromEntries([[name, node.raw]]) }),
    ...(required && { required: [name] }),
  };
  return differ.demand(variant.node.document, raw, node ?? variant.node);
}

/** Puts two demands in their places. */
export function demandOf(
  owner: Side,
  own: SchemaNode | undefined,
  other: SchemaNode | undefined,
): Difference["demand"] {
  return owner === "before"
    ? { ...demandPart("before", own), ...demandPart("after", other) }
    : { ...demandPart("before", other), ...demandPart("after", own) };
}

/** One side's demand, if it has one. */
export function demandPart(side: Side, node: SchemaNode | undefined): Difference["demand"] {
  if (node === undefined) return {};
  return side === "before" ? { before: node } : { after: node };
}

/** The default that a schema states, wherever it is stated in place. */
export function defaultOf(differ: Differ, node: SchemaNode): { readonly value: Json } | undefined {
  const { space } = differ.search;
  const seen = new Set([node, space.canonical(node)]);
  for (const each of seen) {
    if (isRecord(each.raw) && Object.hasOwn(each.raw, "default")) {
      return { value: each.raw["default"] as Json }; // a schema is JSON, and so is what is in it
    }
    for (const inner of space.factsOf(each).all) seen.add(inner).add(space.canonical(inner));
  }
  return undefined;
}

/** A value to fill in where a property is missing: its default, or the simplest that the schema accepts. */
export function fillerOf(differ: Differ, node: SchemaNode): { readonly filler: Json } | undefined {
  const stated = defaultOf(differ, node);
  if (stated !== undefined && isAccepted(differ, node, stated.value))
    return { filler: stated.value };
  const outcome = differ.search.find(accepted(node));
  return outcome.found === "value" && isJsonValue(outcome.value)
    ? { filler: outcome.value }
    : undefined;
}

function isAccepted(differ: Differ, node: SchemaNode, value: Json): boolean {
  const only = differ.demand(node.document, { const: value });
  return differ.search.find(accepted(node), accepted(only)).found === "value";
}

function isJsonValue(value: unknown): value is Json {
  if (Array.isArray(value)) return value.every(isJsonValue);
  if (isRecord(value)) return Object.values(value).every(isJsonValue);
  return (
    value === null ||
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean"
  );
}

/** Whether a schema accepts null. */
export function admitsNull(differ: Differ, node: SchemaNode | undefined): boolean {
  return node === undefined || isAccepted(differ, node, null);
}

/** Whether a schema lists exactly one value, as a discriminator does. */
export function isTag(differ: Differ, node: SchemaNode | undefined): boolean {
  return node !== undefined && differ.search.space.factsOf(node).values?.length === 1;
}

/** Whether a schema is an object in which a property is required and holds the same as another schema. */
export function holdsInside(
  differ: Differ,
  outer: SchemaNode | undefined,
  name: string,
  node: SchemaNode | undefined,
): boolean {
  if (outer === undefined || node === undefined) return false;
  const [variant, ...others] = shapeOf(outer, differ.search.space).get("object") ?? [];
  if (variant === undefined || others.length > 0 || !isRequired(variant, name)) return false;
  const inner = propertyNode(variant, name);
  return inner !== undefined && differ.search.same.holds(inner, node);
}
