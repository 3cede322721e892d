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
  ["Any", true],
  ["Untyped", { properties: { cursor: { type: "string" } } }],
  ["Either", { type: "object", anyOf: [{ required: ["id"] }, { required: ["name"] }] }],
  ["Both", { type: "object", allOf: [{ required: ["id"] }] }],
  ["Filled", { type: "object", minProperties: 1 }],
  ["Several", { type: "object", required: ["id", "name"] }],
]);

function optional(name: string): { readonly schema: unknown; readonly notes: readonly string[] } {
  const notes = new ImportNotes("test");
  const schema = optionalRequest({ $ref: `#/definitions/${name}` }, definitions, notes, "list");
  return { schema, notes: notes.remarks().map(({ text }) => text) };
}

for (const name of ["Page", "Alias", "Any", "Untyped"]) {
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

test("several members that become optional are told apart", () => {
  expect(optional("Several").notes).toEqual([expect.stringContaining("made id, name optional")]);
});

for (const name of ["List", "Loop", "Missing", "Either", "Both", "Filled"]) {
  test(`${name}, which nothing can stand for, is refused`, () => {
    expect(() => optional(name)).toThrow("list is optional, but not one plain object");
  });
}
