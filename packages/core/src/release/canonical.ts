/** The single text of a JSON document: equal documents have equal canonical texts, whatever the order of keys. */
import type { Json } from "../schema/schema.ts";

/**
 * JSON without white space, with keys in the order of their UTF-16 code units, as in RFC 8785.
 *
 * Members that are `undefined` are left out.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** The text of a release file: canonical key order, indented by two for people, with a newline at its end. */
export function readableJson(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

/** The order of keys: by their UTF-16 code units. */
export function byName(
  [left]: readonly [name: string, of: unknown],
  [right]: readonly [name: string, of: unknown],
): number {
  return left < right ? -1 : 1;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  // Object.fromEntries defines own properties, so a key called __proto__ stays a key.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(byName)
      .map(([key, member]) => [key, sorted(member) as Json]), // JSON in, JSON out
  );
}
