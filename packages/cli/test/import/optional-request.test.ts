/** A request that may be left out is one that an empty object satisfies. */
import { expect, test } from "vitest";

import { ImportNotes } from "../../src/import/import-notes.ts";
import { optionalRequest } from "../../src/import/optional-request.ts";

const definitions = new Map<string, unknown>([
  ["Page", { type: "object", properties: { cursor: { type: "string" } } }],
  ["Strict", { type: "object", properties: { id: { type: "string" } }, required: ["id"] }],
  ["Alias", { $ref: "#/definitions/Page" }],
  ["Loop", { $ref: "#/definitions/Loop" }],
  ["List", { type: "array" }],
]);

function optional(name: string): { readonly schema: unknown; readonly notes: readonly string[] } {
  const notes = new ImportNotes("test");
  const schema = optionalRequest({ $ref: `#/definitions/${name}` }, definitions, notes, "list");
  return { schema, notes: notes.remarks().map(({ text }) => text) };
}

for (const name of ["Page", "Alias"]) {
  test(`${name}, which requires nothing, stays a reference`, () => {
    expect(optional(name)).toEqual({ schema: { $ref: `#/definitions/${name}` }, notes: [] });
  });
}

test("required members become optional, with a note that names them", () => {
  expect(optional("Strict")).toEqual({
    schema: { type: "object", properties: { id: { type: "string" } } },
    notes: [expect.stringContaining("made id optional")],
  });
});

for (const name of ["List", "Loop", "Missing"]) {
  test(`${name}, which nothing can stand for, is refused`, () => {
    expect(() => optional(name)).toThrow("list is optional, but not one plain object");
  });
}
