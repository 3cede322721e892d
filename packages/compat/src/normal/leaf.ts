/** Schemas without schemas in them, and without names: they mean the same wherever they stand. */
import { isRecord, isScalar } from "./value.ts";

/** Longer lists are hardly ever written twice. */
const mostValues = 64;

const scalars: ReadonlySet<string> = new Set([
  "$comment",
  "const",
  "default",
  "deprecated",
  "description",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "format",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minItems",
  "minLength",
  "minProperties",
  "minimum",
  "multipleOf",
  "nullable",
  "pattern",
  "title",
  "type",
  "uniqueItems",
  "x-concordat",
]);
const lists: ReadonlySet<string> = new Set(["enum", "examples", "required", "type"]);

/** A text that is equal for leaves that are the same; undefined for a schema that is no leaf. */
export function leafText(raw: unknown): string | undefined {
  if (typeof raw === "boolean") return String(raw);
  if (!isRecord(raw)) return undefined;
  for (const keyword of Object.keys(raw)) {
    const value = raw[keyword];
    // A value without parts is written by JSON as it is; a number that it cannot write is none.
    const isPlain = Array.isArray(value)
      ? lists.has(keyword) && value.length <= mostValues && value.every(isScalar)
      : scalars.has(keyword) && isScalar(value);
    if (!isPlain) return undefined;
  }
  return JSON.stringify(raw);
}
