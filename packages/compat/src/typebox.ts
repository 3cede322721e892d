/** TypeBox's own validator: the second opinion on every witness. No other file imports TypeBox. */
import { Format } from "typebox/format";
import { Check, type XSchema } from "typebox/schema";
import { isRecord } from "./normal/value.ts";

/** Whether TypeBox finds a value valid. */
export function isValid(schema: unknown, value: unknown): boolean {
  // The caller wrote the schema with keywords that TypeBox knows; what it does not know it ignores.
  return Check(schema as XSchema, bare(value));
}

/** The same value without prototypes: TypeBox looks names up with `in`, and would find `toString` in every object. */
function bare(value: unknown): unknown {
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(bare);
  if (!isRecord(value)) return value;
  const copy = Object.create(null) as Record<string, unknown>; // made on this line, so it has nothing else
  for (const name of Object.keys(value)) copy[name] = bare(value[name]);
  return copy;
}

/** Whether TypeBox checks a format at all. */
export function isKnownFormat(format: string): boolean {
  return Format.Has(format);
}

/** Whether a text is of a format. */
export function hasFormat(format: string, text: string): boolean {
  return Format.Test(format, text);
}
