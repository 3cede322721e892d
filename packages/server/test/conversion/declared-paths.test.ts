/** What a message declares, where that can be said, and which releases have to project what passes them. */
import type { Definitions, Schema } from "@concordat/core";
import { expect, test } from "vitest";
import { declaredPaths, whereToProject } from "../../src/conversion/declared-paths.ts";

const text: Schema = { type: "string" };

function object(properties: { readonly [name: string]: Schema }, required: string[] = []): Schema {
  return { type: "object", properties, required };
}

const line: Schema = { $ref: "#/definitions/Line" };
const definitions: Definitions = {
  Line: object({ sku: text }),
  Loop: object({ down: { anyOf: [{ type: "null" }, { $ref: "#/definitions/Loop" }] } }),
  Nest: { type: "array", items: { $ref: "#/definitions/Nest" } },
  Even: { type: "array", items: { $ref: "#/definitions/Odd" } },
  Odd: { type: "array", items: { $ref: "#/definitions/Even" } },
  Card: object({ kind: { const: "card" }, n: text }, ["kind"]),
  Again: { $ref: "#/definitions/Card" },
};
const card: Schema = { $ref: "#/definitions/Card" };
const cash = object({ kind: { const: "cash" }, n: text }, ["kind"]);

test.each<readonly [string, Schema, readonly string[]]>([
  ["a text", text, []],
  ["a constant", { const: "x" }, []],
  ["a few constants", { enum: ["x", 1, null] }, []],
  ["objects in objects", object({ a: object({ b: text }) }), ['/"a"', '/"a"/"b"']],
  [
    "a property that asks for others of the object",
    {
      type: "object",
      properties: { a: text, b: text, c: text },
      dependentRequired: { a: ["b", "c"] },
    },
    ['/"a"', '/"b"', '/"c"'],
  ],
  ["elements", object({ a: { type: "array", items: line } }), ['/"a"', '/"a"/[]/"sku"']],
  [
    "elements one by one, and those behind them",
    { type: "array", prefixItems: [line, text], items: object({ n: text }) },
    ['/[0]/"sku"', '/[]/"n"'],
  ],
  [
    "elements one by one in the older spelling",
    { type: "array", items: [line], additionalItems: false },
    ['/[0]/"sku"'],
  ],
  ["all of several", { allOf: [line, object({ n: text })] }, ['/"n"', '/"sku"']],
  ["what would follow from a condition that is not there", { type: "string", then: line }, []],
  ["an object or a text", { anyOf: [line, text] }, ['/"sku"']],
  [
    "objects that a constant tells apart",
    { anyOf: [card, cash, { type: "null" }] },
    ['<kind="card">/"kind"', '<kind="card">/"n"', '<kind="cash">/"kind"', '<kind="cash">/"n"'],
  ],
  [
    "one of objects that a constant tells apart",
    { oneOf: [card, cash] },
    ['<kind="card">/"kind"', '<kind="card">/"n"', '<kind="cash">/"kind"', '<kind="cash">/"n"'],
  ],
])("%s is a list of paths", (_name, schema, paths) => {
  expect([...(declaredPaths(schema, definitions)?.keys() ?? ["unknown"])].toSorted()).toEqual(
    paths,
  );
});

test("without what tells variants and elements apart, paths of theirs are the same", () => {
  const tuple: Schema = { type: "array", prefixItems: [card, cash], items: false };

  expect(declaredPaths({ anyOf: [card, cash] }, definitions)).toEqual(
    new Map([
      ['<kind="card">/"kind"', '/"kind"'],
      ['<kind="card">/"n"', '/"n"'],
      ['<kind="cash">/"kind"', '/"kind"'],
      ['<kind="cash">/"n"', '/"n"'],
    ]),
  );
  expect(declaredPaths(tuple, definitions)).toEqual(
    new Map([
      ['/[0]/"kind"', '/[]/"kind"'],
      ['/[0]/"n"', '/[]/"n"'],
      ['/[1]/"kind"', '/[]/"kind"'],
      ['/[1]/"n"', '/[]/"n"'],
    ]),
  );
});

const closed = { type: "object", properties: { a: text } } as const;

test.each<readonly [string, Schema]>([
  ["anything", true],
  ["anything that has no type", {}],
  ["any object", { type: "object" }],
  ["any array", { type: ["null", "array"] }],
  ["any name", { ...closed, additionalProperties: text }],
  ["names by a pattern", { ...closed, patternProperties: { x: text } }],
  ["names by what they are", { ...closed, propertyNames: { maxLength: 1 } }],
  ["so many properties", { ...closed, minProperties: 1 }],
  ["so few properties", { ...closed, maxProperties: 1 }],
  ["elements that differ", { type: "array", items: line, uniqueItems: true }],
  ["an element of a kind", { type: "array", items: line, contains: text }],
  ["what it is not", { ...closed, not: { required: ["b"] } }],
  ["a condition", { ...closed, if: line }],
  ["a constant object", { const: { a: 1 } }],
  ["a constant array among others", { enum: ["x", []] }],
  ["a property that it asks for and says nothing of", { ...closed, required: ["a", "b"] }],
  ["a property that asks for another one", { ...closed, dependentRequired: { a: ["b"] } }],
  [
    "a property of which only is said what it asks for",
    { ...closed, dependentRequired: { b: [] } },
  ],
  ["anything behind elements one by one", { type: "array", prefixItems: [text] }],
  ["a definition that holds itself", { $ref: "#/definitions/Loop" }],
  ["a definition that is a list of itself", { $ref: "#/definitions/Nest" }],
  ["definitions that hold each other", { $ref: "#/definitions/Even" }],
  ["unions that nothing tells apart", { anyOf: [{ anyOf: [line, text] }, object({ n: text })] }],
  ["objects that nothing tells apart", { anyOf: [line, object({ n: text })] }],
  [
    "objects that ask for different properties",
    { anyOf: [object({ a: text }, ["a"]), object({ b: text }, ["b"])] },
  ],
  ["objects of one constant", { oneOf: [card, card] }],
  [
    "objects whose constants need not be there",
    { anyOf: ["x", "y"].map((kind) => object({ kind: { const: kind } })) },
  ],
  [
    "objects that a definition of a definition is",
    { anyOf: [{ $ref: "#/definitions/Again" }, line] },
  ],
  [
    "something unknown further inside",
    object({ a: { type: "array", items: object({ b: true }) } }),
  ],
])("%s is no list of paths", (_name, schema) => {
  expect(declaredPaths(schema, definitions)).toBeUndefined();
});

/** An object with so many properties. */
function wide(count: number): Schema {
  return object(Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, text])));
}

test("three hundred properties are worth a look, and many more are not", () => {
  expect(declaredPaths(wide(300), {})?.size).toBe(300);
  expect(declaredPaths(wide(310), {})).toBeUndefined();
});

/** Which of several releases project, each given by the names that it declares; undefined where it cannot say. */
function projecting(...releases: readonly (string | undefined)[]): readonly number[] {
  const declared = releases.map((names) =>
    names === undefined ? undefined : new Map(Array.from(names, (name) => [name, name] as const)),
  );
  return [...whereToProject(declared)];
}

test.each<readonly [string, readonly (string | undefined)[], readonly number[]]>([
  ["none where each declares the same", ["ab", "ab", "ab"], []],
  ["none where properties only come", ["a", "ab", "abc"], []],
  ["none where a property is gone for good", ["ab", "a", "a"], []],
  ["the one that lacks what comes back", ["ab", "a", "ab"], [1]],
  ["each that lacks what comes back", ["ab", "a", "a", "ab", "b"], [1, 2]],
  ["all where one cannot say", ["ab", undefined, "ab"], [0, 1, 2]],
])("who has to project: %s", (_name, releases, places) => {
  expect(projecting(...releases)).toEqual(places);
});

test("a property that moves to another variant is projected where its own variant lacks it", () => {
  const first = new Map([["<k=1>/n", "/n"]]);
  const second = new Map([["<k=2>/n", "/n"]]);

  expect([...whereToProject([first, second, first])]).toEqual([1]);
});
