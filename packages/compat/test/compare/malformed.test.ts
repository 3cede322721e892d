/** Schemas that no author wrote: whatever stands where a keyword's value should, is compared, never fallen over. */
import type { Definitions, Schema } from "@concordat/core";
import { expect, test } from "vitest";

import { compareReleases, deriveAdapter } from "../../src/index.ts";
import { release } from "../fixture/release.ts";

const definitions: Definitions = {
  Line: {
    type: "object",
    required: ["sku", "amount"],
    properties: {
      sku: { type: "string", maxLength: 5, pattern: "^a" },
      amount: { type: "integer", minimum: 1, multipleOf: 2, default: 2 },
      kind: { anyOf: [{ const: "a" }, { type: "null" }] },
    },
  },
};
const request: Schema = {
  type: "object",
  required: ["lines", "note"],
  properties: {
    lines: { type: "array", items: { $ref: "#/$defs/Line" }, minItems: 1, uniqueItems: true },
    note: { type: "string", default: "" },
    prices: { type: "object", patternProperties: { "^.*$": { type: "number" } } },
    pair: { type: "array", prefixItems: [{ type: "string" }, { type: "boolean" }], items: false },
    both: { allOf: [{ $ref: "#/$defs/Line" }, { required: ["kind"] }] },
  },
};
const written = release({ place: { request, response: { $ref: "#/$defs/Line" } } }, definitions);

type Path = readonly string[];

function everyPath(value: unknown, path: Path = []): Path[] {
  const parts = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [path, ...parts.flatMap(([key, part]) => everyPath(part, [...path, key]))];
}

/** A copy of schemas in which one part is another. */
function edited<Whole extends object>(whole: Whole, path: Path, value: unknown): Whole {
  const copy = structuredClone(whole);
  let place = copy as Record<string, unknown>; // every path is one of the whole
  for (const step of path.slice(0, -1)) place = place[step] as Record<string, unknown>; // as above
  place[path.at(-1) ?? ""] = value;
  return copy;
}

const schemas: { request: Schema; definitions: Definitions } = { request, definitions };
const paths = everyPath(schemas).filter((path) => path.length > 0 && path[0] !== path.join());

test.each<[unknown]>([
  [null],
  [-1.5],
  [""],
  ["#/$defs/Line"],
  ["["],
  [true],
  [[]],
  [[null]],
  [["a", "a"]],
  [{}],
  [{ toString: null, valueOf: null }],
])("%j", (value) => {
  for (const path of paths) {
    const odd = edited(schemas, path, value);
    const other = release(
      { place: { request: odd.request, response: { $ref: "#/$defs/Line" } } },
      odd.definitions,
    );
    const newer = { ...other, release: "2.0.0" };
    expect(() => {
      compareReleases(written, newer);
      compareReleases(newer, written);
      deriveAdapter(written, newer);
      deriveAdapter({ ...newer, release: "0.9.0" }, written);
    }).not.toThrow();
  }
});
