/** Makes texts from schemas safe to print: names may hold anything, also what steers a terminal. */
import { isRecord, kindOf } from "../normal/value.ts";

/** The text with every control character, line separator and direction mark spelled out. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    const point = character.codePointAt(0) ?? 0;
    return `\\u{${point.toString(16)}}`;
  });
}

/** A value as JSON, on one line. Values that JSON does not have are written as objects that name their kind. */
export function valueText(value: unknown): string {
  return printable(JSON.stringify(plainValue(value)));
}

/** A value in which bytes, timestamps and big integers are written as JSON. */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (value instanceof Uint8Array) return { "x-concordat": "bytes", value: [...value] };
  if (value instanceof Date) return { "x-concordat": "timestamp", value: value.toISOString() };
  if (kindOf(value) === "bigint") return { "x-concordat": "bigint", value: String(value) };
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plainValue(part)]));
}
