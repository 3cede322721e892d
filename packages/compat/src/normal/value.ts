/** What kinds of value travel on the wire, and when two of them are the same. */
import { canonicalJson } from "@concordat/core/internal";

/** The kinds of value that JSON has. An integer is a number. */
export const jsonKinds = ["null", "boolean", "number", "string", "array", "object"] as const;

/** The kinds that only the wire has; a schema asks for one with `x-concordat`. */
export const wireKinds = ["bytes", "timestamp", "bigint"] as const;

/** What a value is, for a schema. */
export type Kind = (typeof jsonKinds)[number] | (typeof wireKinds)[number];

/** A value without parts. */
export type Scalar = null | boolean | number | string;

/** The kind of a value, or undefined when it is nothing that the wire carries. */
export function kindOf(value: unknown): Kind | undefined {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (value instanceof Uint8Array) return "bytes";
  if (value instanceof Date) return "timestamp";
  switch (typeof value) {
    case "boolean":
    case "string":
    case "bigint":
      return typeof value as Kind; // the three cases above are kinds by name
    case "number":
      return Number.isFinite(value) ? "number" : undefined;
    case "object":
      return "object";
    default:
      return undefined;
  }
}

/** Whether a value is an object of JSON: neither null, an array, nor a wire value. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return kindOf(value) === "object";
}

/** Whether a value has no parts. */
export function isScalar(value: unknown): value is Scalar {
  const kind = kindOf(value);
  return kind === "null" || kind === "boolean" || kind === "number" || kind === "string";
}

/** A text that is equal for equal values: `1` and `1.0`, or objects that differ in the order of keys. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Uint8Array) return `bytes:${value.join(",")}`;
  if (value instanceof Date) return `timestamp:${value.getTime()}`;
  if (typeof value === "bigint") return `bigint:${value}`;
  return canonicalJson(value === 0 ? 0 : value);
}
