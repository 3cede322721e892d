/** A foreign schema keeps its meaning, and every change to it is said. */
import type { Schema } from "@concordat/core";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ImportNotes } from "../../src/import/import-notes.ts";
import { SchemaImporter, type Texts } from "../../src/import/schema-importer.ts";
import { compareSchemas } from "../../src/project/comparison.ts";

interface Imported {
  readonly schema: unknown;
  readonly definitions: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

function imported(source: unknown, document: unknown = {}, texts: Texts = "keep"): Imported {
  const notes = new ImportNotes("test");
  const importer = new SchemaImporter(document, texts, notes);
  const schema = importer.take(source, "here");
  const remarks = notes.remarks().map(({ kind, text }) => `${kind} ${text}`);
  return { schema, definitions: Object.fromEntries(importer.definitions), notes: remarks };
}

const scalar = fc.oneof(
  fc.boolean(),
  fc.record({ type: fc.constant("string"), minLength: fc.nat(9) }, { requiredKeys: ["type"] }),
  fc.record({ type: fc.constant("integer"), minimum: fc.integer() }, { requiredKeys: ["type"] }),
  fc.record({ enum: fc.array(fc.string(), { minLength: 1 }) }),
);

const { schema: anySchema } = fc.letrec<{ schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small" },
    scalar,
    fc.record({ type: fc.constant("array"), items: tie("schema") }),
    fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
    fc
      .dictionary(fc.constantFrom("a", "b", "c"), tie("schema"))
      .map((properties) => ({ type: "object", properties, required: Object.keys(properties) })),
  ),
}));

test("a schema that is in the subset already comes through as it is, without a note", () => {
  fc.assert(
    fc.property(anySchema, (schema) => {
      expect(imported(schema)).toEqual({ schema, definitions: {}, notes: [] });
    }),
  );
});

const respelled: readonly (readonly [what: string, foreign: unknown, ours: unknown])[] = [
  [
    "nullable",
    { type: "string", nullable: true },
    { anyOf: [{ type: "string" }, { type: "null" }] },
  ],
  [
    "dependencies beside the newer form",
    { dependencies: { a: ["b"] }, dependentRequired: { b: ["a"] } },
    { dependentRequired: { b: ["a"] }, allOf: [{ dependentRequired: { a: ["b"] } }] },
  ],
  [
    "an exclusive bound of draft 4",
    { type: "number", minimum: 3, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
    { type: "number", exclusiveMinimum: 3, maximum: 9 },
  ],
  [
    "dependencies",
    { dependencies: { a: ["b"], c: { minProperties: 3 } } },
    {
      dependentRequired: { a: ["b"] },
      allOf: [{ if: { required: ["c"] }, then: { minProperties: 3 } }],
    },
  ],
  [
    "dependentSchemas",
    { allOf: [true], dependentSchemas: { c: { nullable: true } } },
    {
      allOf: [true, { if: { required: ["c"] }, then: { anyOf: [{}, { type: "null" }] } }],
    },
  ],
];

describe("another spelling of the same", () => {
  for (const [what, foreign, ours] of respelled) {
    test(`${what} is rewritten, with a note`, () => {
      const { schema, notes } = imported(foreign);

      expect(schema).toEqual(ours);
      expect(notes).not.toEqual([]);
      expect(notes.every((note) => note.startsWith("note "))).toBe(true);
    });
  }
});

test("a bound that is a number already stays, without a note", () => {
  const schema = { type: "number", minimum: 1, exclusiveMinimum: 3 };

  expect(imported(schema)).toEqual({ schema, definitions: {}, notes: [] });
});

test("what is not nullable allows no null", () => {
  const { schema, notes } = imported({ type: "string", nullable: false });

  expect(schema).toEqual({ type: "string" });
  expect(notes).toEqual([expect.stringContaining("nullable: false, which says nothing")]);
});

test("texts are kept, or left out as asked; what is none is left out anyway", () => {
  const source = { title: "T", description: 3, examples: ["a"], default: "b", format: "uuid" };

  expect(imported(source)).toMatchObject({
    schema: { title: "T", examples: ["a"], default: "b", format: "uuid" },
    notes: ["note test: left out description of an unknown form (at here/description)"],
  });
  expect(imported(source, {}, "drop")).toMatchObject({
    schema: { default: "b", format: "uuid" },
    notes: [expect.stringContaining("left out texts, as asked (at 3 places")],
  });
});

test("warnings come before notes, whichever was found first", () => {
  const { notes } = imported({ "x-go": 1, unevaluatedItems: false, nullable: true });

  expect(notes.map((note) => note.split(" ")[0])).toEqual(["warning", "note", "note"]);
});

const weakened: readonly (readonly [what: string, foreign: Schema | object, ours: Schema])[] = [
  ["unevaluatedProperties", { type: "object", unevaluatedProperties: false }, { type: "object" }],
  ["a pattern without Unicode", { type: "string", pattern: "\\-" }, { type: "string" }],
];

describe("what contracts cannot say", () => {
  for (const [what, foreign, ours] of weakened) {
    test(`${what} is left out with a warning that more is accepted`, () => {
      const { schema, notes } = imported(foreign);

      expect(schema).toEqual(ours);
      expect(notes).toEqual([expect.stringMatching(/^warning .*more is accepted than before/)]);
    });
  }

  test("a pattern of names without Unicode is left out with a warning that they are as others", () => {
    const { schema, notes } = imported({
      patternProperties: { "^\\-": {} },
      additionalProperties: false,
    });

    expect(schema).toEqual({ patternProperties: {}, additionalProperties: false });
    expect(notes).toEqual([
      expect.stringContaining("names that it matched are taken for any other names"),
    ]);
  });

  test("a keyword that nobody knows is left out with a note that counts its places", () => {
    const { schema, notes } = imported({ "x-go": 1, items: { "x-go": 2 } });

    expect(schema).toEqual({ items: {} });
    expect(notes).toEqual([
      'note test: left out the unknown keyword "x-go" (at 2 places, first here)',
    ]);
  });
});

describe("references", () => {
  const document = {
    $id: "https://example.com/schema",
    $defs: {
      Tree: { properties: { children: { items: { $ref: "#/$defs/Tree" } } } },
      "Map<string>": { type: "object" },
      Map_string_: { type: "array" },
      Outer: { properties: { inner: { type: "string" } } },
      Anchored: { $anchor: "here", type: "null" },
    },
  };

  test("a definition is brought along once, also when it refers to itself", () => {
    const { schema, definitions } = imported("#/$defs/Tree", document);

    expect(schema).toEqual({ $ref: "#/definitions/Tree" });
    expect(definitions).toEqual({
      Tree: { properties: { children: { items: { $ref: "#/definitions/Tree" } } } },
    });
  });

  test("names that a release cannot have are changed, without two becoming one", () => {
    const both = {
      anyOf: [{ $ref: "#/$defs/Map%3Cstring%3E" }, { $ref: "#/$defs/Map_string_" }],
    };

    const { schema, definitions, notes } = imported(both, document);

    expect(notes).toEqual([
      expect.stringContaining("the definition at #/$defs/Map%3Cstring%3E is called Map_string_"),
      expect.stringContaining("the definition at #/$defs/Map_string_ is called Map_string_2"),
    ]);
    expect(schema).toEqual({
      anyOf: [{ $ref: "#/definitions/Map_string_" }, { $ref: "#/definitions/Map_string_2" }],
    });
    expect(Object.keys(definitions)).toHaveLength(2);
  });

  test("names that are longer than a release has them become short ones, and stay two", () => {
    const [one, two] = [`${"a".repeat(120)}1`, `${"a".repeat(120)}2`];
    const { definitions } = imported(
      { anyOf: [{ $ref: `#/$defs/${one}` }, { $ref: `#/$defs/${two}` }] },
      { $defs: { [one]: { type: "string" }, [two]: { type: "null" } } },
    );

    expect(Object.keys(definitions)).toEqual(["a".repeat(90), `${"a".repeat(90)}2`]);
  });

  test("a name with the signs of a pointer is found, and the document itself is a definition", () => {
    const definitions = { "a/b~c": { type: "null" } };

    expect(imported({ $ref: "#/definitions/a~1b~0c" }, { definitions }).definitions).toEqual({
      a_b_c: { type: "null" },
    });
    expect(imported({ $ref: "a/b~c" }, { definitions }).definitions).toEqual({
      a_b_c: { type: "null" },
    });
    expect(imported({ $ref: "#" }, { type: "object" }).definitions).toEqual({
      Document: { type: "object" },
    });
  });

  test("a reference that leads nowhere is refused with what to do", () => {
    expect(() => imported({ $ref: "#/$defs/None" }, document)).toThrow(
      'here: $ref "#/$defs/None" leads nowhere. Correct it, or add what is missing.',
    );
  });

  test("a reference into a definition makes a definition of that part", () => {
    const { definitions } = imported({ $ref: "#/$defs/Outer/properties/inner" }, document);

    expect(definitions).toEqual({ Outer_inner: { type: "string" } });
  });

  for (const reference of ["#here", "https://example.com/schema#/$defs/Anchored", "Anchored"]) {
    test(`${reference} is understood`, () => {
      expect(imported({ $ref: reference }, document).schema).toEqual({
        $ref: "#/definitions/Anchored",
      });
    });
  }

  test("what stands beside a reference does not count in a draft that says so", () => {
    const draft7 = { $schema: "http://json-schema.org/draft-07/schema#", $defs: { A: true } };

    const { schema, notes } = imported(
      { $ref: "#/$defs/A", minLength: 3, description: "Text." },
      draft7,
    );

    expect(schema).toEqual({ $ref: "#/definitions/A", description: "Text." });
    expect(notes).toEqual([expect.stringContaining("left out minLength beside $ref")]);
  });

  test("a chain of 5,000 definitions takes no stack", () => {
    const names = Array.from({ length: 5_000 }, (_, index) => index);
    const $defs = Object.fromEntries(
      names.map((index) => [`D${index}`, { items: { $ref: `#/$defs/D${(index + 1) % 5_000}` } }]),
    );

    expect(Object.keys(imported("#/$defs/D0", { $defs }).definitions)).toHaveLength(5_000);
  });
});

test("a rewritten draft-04 bound means what it meant", () => {
  const { schema } = imported({ type: "number", minimum: 3, exclusiveMinimum: true });

  const at3 = compareSchemas({ const: 3 }, schema as Schema, "request"); // made by the importer
  const above = compareSchemas({ const: 3.5 }, schema as Schema, "request"); // likewise

  expect([at3.verdict, above.verdict]).toEqual(["breaking", "compatible"]);
});

test.each([
  [{ type: "string", pattern: "([" }, "here/pattern"],
  [{ patternProperties: { "([": {} } }, "here/patternProperties/(["],
])(
  "%j has a pattern that is none with any flag: it is refused with its place",
  (foreign, place) => {
    expect(() => imported(foreign)).toThrow(`${place} is no regular expression: "(["`);
  },
);
