/** TypeBox's own validator: the second opinion on every witness. No other file imports TypeBox. */
import { Format } from "typebox/format";
import { Check, type XSchema } from "typebox/schema";

/** Whether TypeBox finds a value valid. */
export function isValid(schema: unknown, value: unknown): boolean {
  // The caller wrote the schema with keywords that TypeBox knows; what it does not know it ignores.
  return Check(schema as XSchema, value);
}

/** Whether TypeBox checks a format at all. */
export function isKnownFormat(format: string): boolean {
  return Format.Has(format);
}

/** Whether a text is of a format. */
export function hasFormat(format: string, text: string): boolean {
  return Format.Test(format, text);
}
