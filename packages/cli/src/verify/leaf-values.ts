/** Values without parts: the boundaries that a schema names, and others between them. */
import type { SchemaObject, WireType } from "@concordat/core";

import type { Chance } from "./chance.ts";

/** Whether a value is to be as small as its schema allows, as large, or anything. */
export type Lean = "least" | "most" | "any";

/** A bound further away than this is not reached: many such texts would be no message any more. */
const mostCharacters = 2_000;

const texts = [
  "a",
  "Ä",
  "😀",
  "x-1",
  "a b",
  "0",
  "-1",
  "true",
  "__proto__",
  "a/b~c",
  "\u0000",
  "line\nbreak",
];

/** Texts of each format, of which one is taken; a text of none is left to whoever asks. */
const formatted: ReadonlyMap<string, readonly string[]> = new Map([
  ["date", ["2024-02-29", "0001-01-01", "9999-12-31"]],
  ["time", ["12:30:00Z", "00:00:00Z", "23:59:59.999+01:00"]],
  ["date-time", ["2024-02-29T12:30:00Z", "1970-01-01T00:00:00.000Z", "2024-12-31T23:59:59+14:00"]],
  ["duration", ["P1D", "PT1S", "P1Y2M3DT4H5M6S"]],
  ["email", ["a@b.co", "first.last@example.org"]],
  ["hostname", ["example.org", "a"]],
  ["ipv4", ["127.0.0.1", "255.255.255.255"]],
  ["ipv6", ["::1", "2001:db8::1"]],
  ["uri", ["https://example.org/a?b=c#d", "urn:a:b"]],
  ["url", ["https://example.org/a?b=c#d", "http://a.b"]],
  ["uri-reference", ["/a/b", "https://example.org/", ""]],
  ["uri-template", ["https://example.org/{id}", "/a"]],
  ["uuid", ["123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000"]],
  ["regex", ["^a+$", ""]],
  ["json-pointer", ["/a/b", ""]],
  ["byte", ["AA==", ""]],
]);

/** A text, which need not match a pattern. */
export function textFor(schema: SchemaObject, lean: Lean, chance: Chance): string {
  const { format, minLength = 0, maxLength = minLength + 12 } = schema;
  const known = format === undefined ? undefined : formatted.get(format);
  if (known !== undefined) return chance.of(known);
  const longest = Math.min(maxLength, minLength + mostCharacters);
  const length = lean === "least" ? minLength : lean === "most" ? longest : undefined;
  if (length !== undefined) return "x".repeat(length);
  if (chance.is(0.2)) return "y".repeat(chance.of([minLength, longest]));
  let text = chance.of(texts);
  while (Array.from(text).length < minLength) text += chance.of(texts);
  return Array.from(text).slice(0, maxLength).join(""); // code points, as schemas count them
}

/** A number within the bounds of a schema, often one of them. */
export function numberFor(schema: SchemaObject, lean: Lean, chance: Chance): number {
  const isInteger = [schema.type].flat().includes("integer");
  const { multipleOf } = schema;
  const grain = multipleOf ?? (isInteger ? 1 : 0.5);
  const low = schema.minimum ?? (schema.exclusiveMinimum ?? -Infinity) + grain;
  const high = schema.maximum ?? (schema.exclusiveMaximum ?? Infinity) - grain;
  const bounds = [low, high].filter(Number.isFinite);
  if (lean === "least") return fitted(bounds[0] ?? 0, grain, low, high);
  if (lean === "most")
    return fitted(bounds.at(-1) ?? (isInteger ? 2 ** 53 - 1 : 1e21), multipleOf ?? 0, low, high);
  const others = [
    0,
    1,
    -1,
    2,
    7,
    100,
    1_250,
    -40,
    2 ** 31,
    ...(isInteger ? [] : [0.5, -2.25, 1e-7, 3e20]),
  ];
  const pick = chance.is(0.4) && bounds.length > 0 ? chance.of(bounds) : chance.of(others);
  const within = Math.min(Math.max(pick, low), high);
  return fitted(within, multipleOf ?? (isInteger ? 1 : 0), low, high);
}

/** Bytes, a moment or a large integer. */
export function wireValueFor(type: WireType, lean: Lean, chance: Chance): unknown {
  const pick = lean === "least" ? 0 : lean === "most" ? 2 : chance.below(3);
  switch (type) {
    case "bytes":
      return [new Uint8Array(), Uint8Array.of(0, 127, 255), new Uint8Array(300).fill(7)][pick];
    case "timestamp":
      return new Date([0, 1_709_209_800_123, -1][pick] ?? 0);
    case "bigint":
      return [0n, -(2n ** 64n), 10n ** 40n][pick];
  }
}

/** The nearest multiple that lies within the bounds. */
function fitted(value: number, grain: number, low: number, high: number): number {
  if (grain === 0) return value;
  const below = Math.floor(value / grain) * grain;
  return below >= low || below + grain > high ? below + 0 : below + grain;
}
