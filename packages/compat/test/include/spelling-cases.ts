/** Pairs in odd spellings and combinations of all drafts, each verdict reasoned out by hand. */
import type { Row } from "./cases.ts";

const s = { type: "string" };
const i = { type: "integer" };
const n = { type: "number" };
const b = { type: "boolean" };
const nil = { type: "null" };
const o = (properties: object, ...required: string[]) => ({ type: "object", properties, required });
const list = (items: unknown, more: object = {}) => ({ type: "array", items, ...more });
const draft4 = { $schema: "http://json-schema.org/draft-04/schema#" };
const draft7 = { $schema: "http://json-schema.org/draft-07/schema#" };
const draft2019 = { $schema: "https://json-schema.org/draft/2019-09/schema" };
const whole = { definitions: { A: i } };

export const spellingCases: { readonly [topic: string]: readonly Row[] } = {
  "beside $ref": [
    // Up to draft 7 nothing beside a reference counts; since 2019-09 everything does.
    [{ ...draft7, ...whole, $ref: "#/definitions/A", minimum: 3 }, i, "C", "C"],
    [{ ...draft4, ...whole, $ref: "#/definitions/A", enum: ["x"] }, i, "C", "C"],
    [{ ...draft2019, ...whole, $ref: "#/definitions/A", minimum: 3 }, i, "C", "B"],
    [{ ...whole, $ref: "#/definitions/A", minimum: 3 }, { ...i, minimum: 3 }, "C", "C"],
    [
      { ...draft7, ...whole, ...o({ a: { $ref: "#/definitions/A", maximum: 1 } }) },
      o({ a: i }),
      "C",
      "C",
    ],
    [
      { ...draft7, ...whole, allOf: [{ $ref: "#/definitions/A" }], minimum: 3 },
      { ...i, minimum: 3 },
      "C",
      "C",
    ],
    [
      { ...draft7, ...whole, allOf: [{ $ref: "#/definitions/A" }, { minimum: 3 }] },
      { ...draft2019, ...whole, $ref: "#/definitions/A", minimum: 3 },
      "C",
      "C",
    ],
    [{ ...draft7, ...whole, $ref: "#/definitions/A", title: "a", default: 1 }, i, "C", "C"],
    [{ ...draft7, ...o({ $ref: s, b: i }) }, o({ $ref: s, b: n }), "C", "B"],
  ],
  "exclusive bounds": [
    [{ ...n, minimum: 1, exclusiveMinimum: true }, { ...n, minimum: 1 }, "C", "B"],
    [{ ...n, minimum: 1, exclusiveMinimum: false }, { ...n, minimum: 1 }, "C", "C"],
    [
      { ...i, minimum: 1, exclusiveMinimum: true, maximum: 3, exclusiveMaximum: true },
      { const: 2 },
      "C",
      "C",
    ],
    [{ ...n, minimum: 1, exclusiveMinimum: true, maximum: 1 }, false, "C", "C"],
    [{ ...n, exclusiveMaximum: 2, maximum: 3 }, { ...n, exclusiveMaximum: 2 }, "C", "C"],
    [{ ...i, exclusiveMaximum: 2 }, { ...i, maximum: 1 }, "C", "C"],
    [{ exclusiveMaximum: 2, type: ["string", "number"] }, { type: ["string", "number"] }, "C", "B"],
    [{ not: { exclusiveMinimum: 2 }, ...n }, { ...n, maximum: 2 }, "C", "C"],
    [{ not: { minimum: 2, exclusiveMinimum: true }, ...n }, { ...n, maximum: 2 }, "C", "C"],
  ],
  dependencies: [
    [{ ...o({ a: i, b: i }), dependencies: { a: ["b"] } }, o({ a: i, b: i }), "C", "B"],
    [
      { ...o({ a: i, b: i }), dependencies: { a: ["b"], b: ["a"] } },
      {
        anyOf: [
          o({ a: i, b: i }, "a", "b"),
          { type: "object", properties: { a: false, b: false } },
        ],
      },
      "C",
      "C",
    ],
    [
      { ...o({ a: i, b: i }), dependencies: { a: { properties: { b: { minimum: 1 } } } } },
      {
        ...o({ a: i, b: i }),
        if: { required: ["a"] },
        then: { properties: { b: { minimum: 1 } } },
      },
      "C",
      "C",
    ],
    [
      { ...o({ a: i, b: i, c: i }), dependencies: { a: ["b"], b: ["c"] } },
      { ...o({ a: i, b: i, c: i }), dependencies: { a: ["b", "c"], b: ["c"] } },
      "C",
      "C",
    ],
    [{ ...o({ a: i }), dependentRequired: { a: ["a"] } }, o({ a: i }), "C", "C"],
    [
      { ...o({ a: i, b: i }, "a"), dependencies: { a: ["b"] } },
      { ...o({ a: i, b: i }, "b"), dependencies: { b: ["a"] } },
      "C",
      "C",
    ],
    [
      { ...o({ a: i, b: i }), dependencies: { a: { not: { required: ["b"] } } } },
      o({ a: i, b: i }),
      "C",
      "B",
    ],
    [
      { dependencies: { a: ["b"] } },
      { anyOf: [{ not: { required: ["a"] } }, { required: ["b"] }] },
      "C",
      "C",
    ],
  ],
  conditions: [
    [{ ...i, if: { minimum: 0 }, then: { multipleOf: 2 }, else: { multipleOf: 3 } }, i, "C", "B"],
    [
      { ...i, if: { minimum: 0 }, then: { multipleOf: 2 } },
      { ...i, anyOf: [{ maximum: -1 }, { multipleOf: 2 }] },
      "C",
      "C",
    ],
    [{ if: true, then: s, else: i }, s, "C", "C"],
    [{ if: false, then: s, else: i }, i, "C", "C"],
    [{ ...i, then: { minimum: 5 } }, i, "C", "C"],
    [{ ...s, if: { const: "a" } }, s, "C", "C"],
    [
      { if: s, then: { maxLength: 3 }, type: ["string", "null"] },
      { anyOf: [nil, { ...s, maxLength: 3 }] },
      "C",
      "C",
    ],
    [{ if: { not: s }, then: i }, { type: ["string", "integer"] }, "C", "C"],
    [
      {
        ...o({ t: { enum: ["a", "b"] }, v: {} }, "t", "v"),
        if: o({ t: { const: "a" } }),
        then: o({ v: i }),
        else: o({ v: s }),
      },
      {
        oneOf: [o({ t: { const: "a" }, v: i }, "t", "v"), o({ t: { const: "b" }, v: s }, "t", "v")],
      },
      "C",
      "C",
    ],
  ],
  "items of both spellings": [
    [list(s, { additionalItems: false }), list(s), "C", "C"],
    [{ type: "array", additionalItems: i }, { type: "array" }, "C", "C"],
    [list([s], { additionalItems: false }), list(s, { maxItems: 1 }), "C", "C"],
    [
      list([s, i], { additionalItems: false }),
      { type: "array", prefixItems: [s, i], maxItems: 2 },
      "C",
      "C",
    ],
    [list([s], { additionalItems: s }), list(s), "C", "C"],
    [list([{ const: 1 }], { minItems: 1 }), list([i]), "C", "B"],
    [list([true, false]), list({}, { maxItems: 1 }), "C", "C"],
    [list(true), { type: "array" }, "C", "C"],
    [list(false, { minItems: 1 }), s, "C", "B"],
    [{ prefixItems: [s] }, { items: [s] }, "C", "C"],
    [
      { type: "array", prefixItems: [i], items: n, minItems: 3 },
      list(n, { minItems: 2 }),
      "C",
      "B",
    ],
  ],
  contains: [
    [list({}, { contains: i, minContains: 0 }), { type: "array" }, "C", "C"],
    [list({}, { minContains: 5 }), { type: "array" }, "C", "C"],
    [list(i, { contains: i, minContains: 2 }), list(i, { minItems: 2 }), "C", "C"],
    [list(i, { contains: i, maxContains: 2 }), list(i, { minItems: 1, maxItems: 2 }), "C", "C"],
    [list({}, { contains: { const: 1 } }), { not: list({ not: { const: 1 } }) }, "C", "B"],
    [
      list({ enum: [1, 2] }, { contains: { const: 1 } }),
      list({ enum: [1, 2] }, { minItems: 1 }),
      "C",
      "B",
    ],
    [list({ const: 1 }, { minItems: 1 }), list({}, { contains: i }), "C", "B"],
    [list([s, i], { minItems: 2 }), { type: "array", contains: i }, "C", "B"],
    [
      list({}, { contains: s, maxContains: 1 }),
      list({}, { contains: s, maxContains: 2 }),
      "C",
      "B",
    ],
  ],
  "names and patterns": [
    [
      { type: "object", propertyNames: { maxLength: 0 } },
      { type: "object", maxProperties: 1 },
      "C",
      "B",
    ],
    [{ type: "object", propertyNames: false }, { type: "object", maxProperties: 0 }, "C", "C"],
    [{ type: "object", propertyNames: { ...i } }, { type: "object", maxProperties: 0 }, "C", "C"],
    [{ type: "object", propertyNames: { pattern: "^a" }, required: ["b"] }, s, "C", "B"],
    [
      {
        type: "object",
        patternProperties: { "^a": s, a$: { maxLength: 3 } },
        additionalProperties: false,
      },
      {
        type: "object",
        patternProperties: { "^a|a$": { type: ["string"] } },
        additionalProperties: {},
      },
      "B",
      "B",
    ],
    [
      { type: "object", patternProperties: { "": i } },
      { type: "object", additionalProperties: i },
      "C",
      "C",
    ],
    [
      { ...o({ a: s }), patternProperties: { "^[a-z]$": { minLength: 2 } } },
      o({ a: { ...s, minLength: 2 } }),
      "L",
      "C",
    ],
    [
      { ...o({ ab: i }), patternProperties: { "^a": n }, additionalProperties: false },
      { ...o({}), patternProperties: { "^ab$": i, "^a": n }, additionalProperties: false },
      "C",
      "C",
    ],
    [
      {
        type: "object",
        minProperties: 1,
        propertyNames: { enum: ["a", "b"] },
        additionalProperties: i,
      },
      o({ a: i, b: i }),
      "C",
      "B",
    ],
    [
      { ...o({ a: i, b: i }), additionalProperties: false, minProperties: 2 },
      o({ a: i, b: i }, "a", "b"),
      "C",
      "C",
    ],
  ],
  "mixed values": [
    [
      { enum: [1, "1", true, null, [], {}] },
      { type: ["number", "string", "boolean", "null", "array", "object"] },
      "C",
      "B",
    ],
    [
      { enum: [{ a: 1 }, { a: 2 }] },
      { ...o({ a: { enum: [1, 2] } }, "a"), additionalProperties: false },
      "C",
      "C",
    ],
    [{ const: [1, [2, "x"]] }, list([i, list([i, s], { minItems: 2 })], { minItems: 2 }), "C", "B"],
    [{ enum: [1, 1.0, 2] }, { enum: [2, 1] }, "C", "C"],
    [{ ...s, enum: [1, "a", null] }, { const: "a" }, "C", "C"],
    [{ ...s, const: 5 }, false, "C", "C"],
    [{ const: { a: 1 }, required: ["b"] }, false, "C", "C"],
    [{ enum: [0, false] }, { enum: [false] }, "B", "C"],
    [{ not: { enum: [1, 2] }, ...i, minimum: 1, maximum: 3 }, { const: 3 }, "C", "C"],
    [
      { not: { const: null } },
      { type: ["boolean", "number", "string", "array", "object"] },
      "C",
      "C",
    ],
    [{ enum: ["a", "b"], pattern: "^a" }, { const: "a" }, "C", "C"],
    [{ enum: [[1], [1, 2]], minItems: 2 }, { const: [1, 2] }, "C", "C"],
    [{ enum: [] }, false, "C", "C"],
  ],
  nullable: [
    [{ ...i, nullable: true, minimum: 3 }, { anyOf: [nil, { ...i, minimum: 3 }] }, "C", "C"],
    [{ ...i, nullable: false }, i, "C", "C"],
    [{ nullable: true }, {}, "C", "C"],
    [{ type: ["integer", "null"], nullable: true }, { type: ["integer", "null"] }, "C", "C"],
    [
      { ...o({ a: i }), nullable: true },
      { type: ["object", "null"], properties: { a: i } },
      "C",
      "C",
    ],
    [{ ...s, nullable: true, enum: ["a", null] }, { enum: ["a", null] }, "C", "C"],
  ],
  negation: [
    [{ not: { not: s } }, s, "C", "C"],
    [
      { not: { allOf: [s, { minLength: 3 }] } },
      { anyOf: [{ not: s }, { maxLength: 2 }] },
      "C",
      "C",
    ],
    [{ ...n, not: i }, { ...n, not: { multipleOf: 0.5 } }, "B", "C"],
    [{ ...s, not: { minLength: 3 } }, { ...s, maxLength: 2 }, "C", "C"],
    [{ ...list({}), not: { minItems: 1 } }, { const: [] }, "C", "C"],
    [
      { type: "object", not: { required: ["a"] } },
      { type: "object", properties: { a: false } },
      "L",
      "C",
    ],
    [
      { type: "object", not: { anyOf: [{ required: ["a"] }, { required: ["b"] }] } },
      { type: "object", not: { required: ["a", "b"] } },
      "C",
      "B",
    ],
    [{ ...b, not: { const: true } }, { const: false }, "C", "C"],
    [{ not: {} }, { not: true }, "C", "C"],
    [{ not: { type: ["object", "array", "string", "number", "boolean"] } }, nil, "C", "C"],
  ],
  overlap: [
    [
      {
        anyOf: [
          { ...i, maximum: 10 },
          { ...i, minimum: 5 },
        ],
      },
      i,
      "C",
      "C",
    ],
    [
      {
        oneOf: [
          { ...i, maximum: 10 },
          { ...i, minimum: 5 },
        ],
      },
      i,
      "C",
      "B",
    ],
    [
      {
        oneOf: [
          { ...i, maximum: 10 },
          { ...i, minimum: 5 },
        ],
      },
      { ...i, not: { minimum: 5, maximum: 10 } },
      "C",
      "C",
    ],
    [{ oneOf: [n, i] }, { ...n, not: i }, "C", "C"],
    [{ oneOf: [s, s] }, false, "C", "C"],
    [{ oneOf: [true, false] }, {}, "C", "C"],
    [
      { oneOf: [{ multipleOf: 3 }, { multipleOf: 5 }], ...i },
      { ...i, not: { multipleOf: 15 } },
      "C",
      "B",
    ],
    [
      { anyOf: [{ multipleOf: 3 }, { multipleOf: 5 }], ...i },
      { ...i, not: { allOf: [{ not: { multipleOf: 3 } }, { not: { multipleOf: 5 } }] } },
      "C",
      "C",
    ],
    [{ anyOf: [s, nil], oneOf: [nil, i] }, nil, "C", "C"],
    [{ allOf: [{ anyOf: [s, i] }, { anyOf: [i, b] }] }, i, "C", "C"],
    [
      { ...i, allOf: [{ minimum: 0 }], anyOf: [{ maximum: 5 }, { maximum: 9 }] },
      { ...i, minimum: 0, maximum: 9 },
      "C",
      "C",
    ],
    [{ ...o({ a: s }), anyOf: [{ required: ["a"] }, { required: ["b"] }] }, o({ a: s }), "L", "B"],
  ],
  "names of schemas": [
    [{ $ref: "#int", $defs: { A: { $anchor: "int", ...i } } }, i, "C", "C"],
    [{ ...draft4, $ref: "#int", definitions: { A: { id: "#int", ...i } } }, i, "C", "C"],
    [{ ...draft7, $ref: "#int", definitions: { A: { $id: "#int", ...i } } }, i, "C", "C"],
    [{ $id: "http://x/r", $ref: "a.json", $defs: { A: { $id: "a.json", ...i } } }, i, "C", "C"],
    [
      {
        $id: "http://x/r",
        $ref: "http://x/a.json",
        $defs: { A: { $id: "http://x/a.json", ...i } },
      },
      i,
      "C",
      "C",
    ],
    [
      { $id: "http://x/r", $ref: "http://x/a.json", $defs: { A: { $id: "a.json", ...i } } },
      i,
      "C",
      "C",
    ],
    [
      { $id: "http://x/d/r", $ref: "/a.json", $defs: { A: { $id: "http://x/a.json", ...i } } },
      i,
      "C",
      "C",
    ],
    [
      {
        $ref: "http://x/a.json#/$defs/B",
        $defs: { A: { $id: "http://x/a.json", $defs: { B: i }, ...s } },
      },
      i,
      "C",
      "C",
    ],
    [
      {
        $ref: "http://x/a.json#b",
        $defs: { A: { $id: "http://x/a.json", $defs: { B: { $anchor: "b", ...i } } } },
      },
      i,
      "C",
      "C",
    ],
    [{ ...o({ a: { $anchor: "x", ...i }, b: { $ref: "#x" } }, "b") }, o({ b: i }, "b"), "L", "C"],
    [
      { $ref: "#/properties/a", properties: { a: i } },
      { allOf: [i, { properties: { a: i } }] },
      "C",
      "C",
    ],
    [{ $ref: "#/$defs/a~1b", $defs: { "a/b": i } }, i, "C", "C"],
    [{ $ref: "#/$defs/a%20b", $defs: { "a b": i } }, i, "C", "C"],
    [{ $ref: "#/allOf/0", allOf: [i] }, i, "C", "C"],
  ],
  "dependencies of what is no object": [
    [s, { dependentSchemas: { a: false } }, "C", "B"],
    [list(i), { dependencies: { a: s } }, "C", "B"],
    [
      { type: ["string", "object"], dependentSchemas: { a: i } },
      { anyOf: [s, { type: "object", properties: { a: false } }] },
      "L",
      "C",
    ],
    [
      { type: ["null", "object"], dependencies: { a: { required: ["b"] } } },
      { type: ["null", "object"], dependentRequired: { a: ["b"] } },
      "C",
      "C",
    ],
  ],
  "rules that may fail once what is not declared is left out": [
    [o({ a: i, b: i }), { ...o({ a: i }), minProperties: 0 }, "L", "C"],
    [{ ...o({ a: i, b: i }), minProperties: 1 }, { ...o({ a: i }), minProperties: 1 }, "U", "C"],
    [
      { ...o({ a: i, b: i }, "a"), minProperties: 1 },
      { ...o({ a: i }, "a"), minProperties: 1 },
      "L",
      "C",
    ],
    [
      { ...list(o({ a: i, b: i })), uniqueItems: true },
      { ...list(o({ a: i })), uniqueItems: true },
      "U",
      "C",
    ],
    [
      o({ a: { ...list(i), uniqueItems: true }, b: i }),
      o({ a: { ...list(i), uniqueItems: true } }),
      "L",
      "C",
    ],
    [
      o({ a: i, b: { const: 1 } }),
      { ...o({ a: i }), not: { type: "object", properties: { b: { const: 2 } } } },
      "B",
      "C",
    ],
    [
      { ...o({ a: i, b: i }), not: { required: ["c"] } },
      { ...o({ a: i }), not: { required: ["c"] } },
      "L",
      "C",
    ],
    [
      { ...o({ a: i, b: { const: 3 } }, "b"), maxProperties: 9 },
      { ...o({ a: i }), not: { type: "object", properties: { b: { const: 2 } } } },
      "U",
      "C",
    ],
    [
      o({ k: { const: 1 }, a: s }, "k"),
      { oneOf: [o({ k: { const: 1 } }, "k"), o({ k: { const: 2 }, a: s }, "k")] },
      "L",
      "B",
    ],
    [
      o({ a: i, b: i }, "a"),
      { oneOf: [o({ a: i }, "a"), { ...o({ a: s, c: i }), not: { required: ["b"] } }] },
      "U",
      "B",
    ],
  ],
  "conditions around objects that declare nothing": [
    [
      { type: "object", if: o({ k: { const: 1 } }, "k"), then: o({ a: s }) },
      o({ k: true, a: s, b: i }),
      "B",
      "C",
    ],
    [{ type: "object", if: o({ k: o({}) }), then: o({ a: s }) }, o({ k: o({ b: i }) }), "B", "C"],
  ],
  "dependencies on names that nobody declares": [
    [{ ...o({ b: i }), dependentRequired: { a: ["b"] } }, o({ a: i }), "L", "B"],
    [{ ...o({ a: i }), dependentRequired: { a: ["b"] } }, o({ a: i, b: s }), "B", "B"],
  ],
  "choices that decide what is kept": [
    [
      o({ k: { const: 2 }, a: s }, "k"),
      { oneOf: [o({ k: { const: 1 }, a: s }, "k"), o({ k: { const: 2 } }, "k")] },
      "L",
      "B",
    ],
    [
      o({ k: { const: 2 }, a: s }, "k"),
      {
        ...o({}),
        if: o({ k: { const: 1 } }, "k"),
        then: { properties: { a: s } },
        else: { properties: { k: i } },
      },
      "L",
      "B",
    ],
    [
      o({ k: { const: 1 }, a: s }, "k"),
      {
        ...o({}),
        if: o({ k: { const: 1 } }, "k"),
        then: { properties: { a: s } },
        else: { properties: { k: i } },
      },
      "C",
      "B",
    ],
    [
      o({ a: s, b: s }),
      { ...o({ a: s }), anyOf: [{ required: ["a"] }, { properties: { c: s } }] },
      "L",
      "L",
    ],
    [
      o({ a: s, b: s }, "a"),
      {
        ...o({ a: s }),
        anyOf: [{ required: ["a"] }, { properties: { b: s }, required: ["b"] }],
      },
      "C",
      "B",
    ],
    [
      o({ a: s, b: s }, "a"),
      { ...o({ a: s }), dependentSchemas: { a: { properties: { b: s } } } },
      "C",
      "B",
    ],
    [
      o({ a: s, b: s }),
      { ...o({ a: s }), dependentSchemas: { a: { properties: { b: s } } } },
      "L",
      "C",
    ],
    [list(o({ a: s, b: s })), list({ oneOf: [o({ a: s }), s] }), "L", "B"],
    [o({ a: s, b: s }), { ...o({ a: s, b: s }), not: { required: ["c"] } }, "C", "C"],
  ],
  recursion: [
    [
      {
        $ref: "#/definitions/T",
        definitions: { T: o({ v: i, next: { $ref: "#/definitions/T" } }, "v") },
      },
      {
        $ref: "#/definitions/U",
        definitions: { U: o({ v: n, next: { anyOf: [nil, { $ref: "#/definitions/U" }] } }, "v") },
      },
      "C",
      "B",
    ],
    [
      o({ v: i, next: { $ref: "#" } }),
      o({ v: i, next: o({ v: i, next: { $ref: "#" } }) }),
      "C",
      "C",
    ],
    [o({ next: { $ref: "#" } }, "next"), s, "C", "B"],
    [
      {
        $ref: "#/$defs/E",
        $defs: { E: list({ $ref: "#/$defs/O" }), O: list({ $ref: "#/$defs/E" }) },
      },
      { $ref: "#/$defs/L", $defs: { L: list({ $ref: "#/$defs/L" }) } },
      "C",
      "C",
    ],
    [
      { anyOf: [nil, list({ $ref: "#" })] },
      { anyOf: [nil, list({ $ref: "#" }, { maxItems: 3 })] },
      "B",
      "C",
    ],
  ],
};
