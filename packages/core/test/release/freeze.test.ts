/** What cannot survive as plain JSON is refused with its place and with what to write instead. */
import { type TSchema, Type } from "typebox";
import { describe, expect, test } from "vitest";
import type { ProcedureTree } from "../../src/contract/face.ts";
import { bidiStream, clientStream, serverStream, unary } from "../../src/contract/procedure.ts";
import { freeze } from "../../src/release/freeze.ts";
import { ContractError, type Problem } from "../../src/release/problem.ts";
import { keywords } from "../../src/schema/keyword.ts";
import { BigInteger, Bytes, Timestamp } from "../../src/schema/wire-type.ts";

const nothing = Type.Object({});

function problemsOf(tree: ProcedureTree, name = "orders"): readonly Problem[] {
  try {
    freeze(name, tree);
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.problems;
    throw error;
  }
}

function problemsOfRequest(request: unknown): readonly Problem[] {
  // What an author without a compiler may write, too.
  return problemsOf({ place: unary({ request: request as TSchema, response: nothing }) });
}

const unfreezable: readonly (readonly [
  name: string,
  schema: unknown,
  path: string,
  instead: string,
])[] = [
  ["a refinement", Type.Refine(Type.String(), () => true), "", "say it with keywords"],
  [
    "a codec",
    Type.Codec(Type.String())
      .Decode((text) => text)
      .Encode((text) => text),
    "",
    "convert in the handler",
  ],
  ["a bigint", Type.BigInt(), "/type", "write BigInteger()"],
  ["a bigint literal", Type.Literal(1n), "/const", "write a text, a number"],
  ["undefined", Type.Undefined(), "/type", "write Type.Optional(…)"],
  ["void", Type.Void(), "/type", "write Type.Null()"],
  ["a symbol", Type.Symbol(), "/type", "write Type.String()"],
  ["a function", Type.Function([], Type.Null()), "/type", "make it a procedure"],
  ["a RegExp object", Type.Unsafe({ type: "string", pattern: /^a/ }), "/pattern", '"^a"'],
  ["a broken pattern", Type.String({ pattern: "(" }), "/pattern", "is no regular expression"],
  [
    "a broken pattern of names",
    Type.Unsafe({ type: "object", patternProperties: { "(": {} } }),
    "/patternProperties/(",
    "is no regular expression",
  ],
  ["a Date as default", Type.String({ default: new Date(0) }), "/default", "is a Date"],
  ["NaN as default", Type.Number({ default: Number.NaN }), "/default", "is the number NaN"],
  ["a bigint in an enum", Type.Unsafe({ enum: ["a", 1n] }), "/enum/1", "is a bigint"],
  ["a length below 0", Type.String({ minLength: -1 }), "/minLength", "a whole number from 0 on"],
  ["a multiple of 0", Type.Number({ multipleOf: 0 }), "/multipleOf", "a number above 0"],
  ["a bound that is a text", Type.Unsafe({ minimum: "3" }), "/minimum", "is not a number"],
  ["a misspelt type", Type.Unsafe({ type: "strnig" }), "/type", "is not one of null, boolean"],
  ["a choice that is no list", Type.Unsafe({ anyOf: {} }), "/anyOf", "a list of schemas"],
  ["a pattern that is no text", Type.Unsafe({ pattern: 5 }), "/pattern", "is not a text"],
  ["a reference that is no text", Type.Unsafe({ $ref: [] }), "/$ref", "of this contract"],
  [
    "names that are no lists",
    Type.Unsafe({ dependentRequired: { a: "b" } }),
    "/dependentRequired",
    "an object of lists of names",
  ],
  ["a keyword of nobody", Type.String({ colour: "red" }), "/colour", "leave it out"],
  [
    "a property called __proto__",
    Type.Object({ ["__proto__"]: Type.String() }),
    "/properties/__proto__",
    "rename it",
  ],
  [
    "a property called toString",
    Type.Object({ toString: Type.String() }),
    "/properties/toString",
    "rename it",
  ],
  ["a name with a space", Type.Object({}, { $id: "Big Order" }), "", 'use letters, digits and "_"'],
  ["a reference to nothing", Type.Ref("Order"), "/$ref", "give the schema the $id"],
  ["a reference elsewhere", Type.Ref("https://example.com/order"), "/$ref", "of this contract"],
  ["null", null, "", "write one with TypeBox's Type"],
  ["a text", "string", "", "write one with TypeBox's Type"],
  ["a list", [], "", "write one with TypeBox's Type"],
];

describe("what a release cannot hold", () => {
  test.each(unfreezable)(
    "%s is refused with its path and a remedy",
    (_name, schema, path, says) => {
      const problems = problemsOfRequest(schema);

      expect(problems).toContainEqual({
        path: `place/request${path}`,
        message: expect.stringContaining(says),
      });
    },
  );

  test.each(unfreezable)("%s is found deep inside, too", (_name, schema, path) => {
    const inside = Type.Unsafe({
      type: "object",
      properties: { lines: { type: "array", items: { anyOf: [{ type: "null" }, schema] } } },
    });

    const paths = problemsOfRequest(inside).map((problem) => problem.path);

    expect(paths).toContain(`place/request/properties/lines/items/anyOf/1${path}`);
  });

  test.each(Object.keys(keywords))("whatever stands behind %s is frozen or refused", (keyword) => {
    for (const value of [null, -1.5, "[", true, [null], {}, { toString: null, valueOf: null }]) {
      expect(() => problemsOfRequest(Type.Unsafe({ [keyword]: value }))).not.toThrow();
    }
  });

  test("every place of a procedure is looked at", () => {
    const bad = Type.Undefined();
    const problems = problemsOf({
      a: unary({ request: bad, response: bad, errors: { no: bad } }),
      b: { c: serverStream({ request: nothing, response: bad }) },
      d: clientStream({ request: bad, response: nothing }),
      e: bidiStream({ request: nothing, response: bad }),
    });

    expect(problems.map(({ path }) => path)).toEqual([
      "a/errors/no/type",
      "a/request/type",
      "a/response/type",
      "b/c/response/type",
      "d/request/type",
      "e/response/type",
    ]);
  });

  test("all problems are told at once, and the error's text has them all", () => {
    const tree = { a: unary({ request: Type.Void(), response: Type.BigInt() }) };

    expect(() => freeze("orders", tree)).toThrow(
      /The contract orders cannot be frozen:\n {2}a\/request\/type: .*\n {2}a\/response\/type: /,
    );
  });
});

describe("names", () => {
  const place = unary({ request: nothing, response: nothing });

  test.each<readonly [path: string, tree: ProcedureTree, why: string]>([
    ["__proto__", { ["__proto__"]: place }, "every object has by birth"],
    ["constructor", { constructor: place }, "every object has by birth"],
    ["then", { then: place }, "makes a promise"],
    ["a-b", { "a-b": place }, 'letters, digits or "_"'],
    ["tools/1", { tools: { "1": place } }, "is not a letter and then"],
  ])("%s is no name of a procedure, and the sentence says why", (path, tree, why) => {
    const problem = problemsOf(tree).find((each) => each.path === path);

    expect(problem?.message).toContain(why);
  });

  test("a contract's name is checked, and so are those of errors", () => {
    expect(problemsOf({ place }, "Orders")).toMatchObject([{ path: "" }]);
    const named = unary({ request: nothing, response: nothing, errors: { OutOfStock: nothing } });
    expect(problemsOf({ place: named })).toMatchObject([{ path: "place/errors/OutOfStock" }]);
  });

  test("a contract has a procedure", () => {
    expect(problemsOf({})).toMatchObject([{ message: "the contract has no procedure" }]);
  });

  test("what is neither a procedure nor a group is refused, not fallen over", () => {
    const tree = { place, later: undefined, n: null, f: 7 } as unknown as ProcedureTree; // no compiler saw it

    expect(problemsOf(tree).map(({ path }) => path)).toEqual(["later", "n", "f"]);
  });

  test.each<[said: object, path: string, why: string]>([
    [{ auths: ["orders:write"] }, "place", 'nothing looks at "auths"; there are kind, request,'],
    [{ auth: { scopes: ["orders:write"] } }, "place/auth", "is a list of scopes"],
    [{ auth: "orders:write" }, "place/auth", "is a list of scopes"],
    [{ auth: [5] }, "place/auth", "is a list of scopes"],
    [{ idempotent: 1 }, "place/idempotent", "is true or false"],
    [{ doc: 5 }, "place/doc", "is a text"],
    [{ errors: 5 }, "place/errors", "is an object"],
    [{ deprecated: true }, "place/deprecated", "is an object"],
    [{ limits: [] }, "place/limits", "is an object"],
    [{ kind: "unry" }, "place", "is of a kind that there is not; write it with unary(…)"],
  ])(
    "what is said of a procedure as %j is refused: nothing would look at it",
    (said, path, why) => {
      const tree = { place: { ...place, ...said } };

      expect(problemsOf(tree)).toEqual([{ path, message: expect.stringContaining(why) }]);
    },
  );

  test("a group may have a procedure called kind", () => {
    expect(Object.keys(freeze("orders", { box: { kind: place } }).procedures)).toEqual([
      "box/kind",
    ]);
  });
});

describe("definitions", () => {
  const Line = Type.Object({ sku: Type.String() }, { $id: "Line" });

  test("a schema with an $id is written once and referred to", () => {
    const draft = freeze("orders", {
      place: unary({ request: Type.Object({ lines: Type.Array(Line) }), response: Line }),
    });

    expect(draft.definitions).toEqual({
      Line: { type: "object", required: ["sku"], properties: { sku: { type: "string" } } },
    });
    expect(draft.procedures["place"]?.response).toEqual({ $ref: "#/definitions/Line" });
  });

  test("a definition may stand behind its first mention", () => {
    const draft = freeze("orders", {
      a: unary({ request: Type.Ref("Line"), response: nothing }),
      b: unary({ request: Line, response: nothing }),
    });

    expect(draft.procedures["a"]?.request).toEqual({ $ref: "#/definitions/Line" });
  });

  test("definitions that are described by each other and nothing else are refused where they stand", () => {
    const round = {
      $ref: "A",
      $defs: {
        A: { allOf: [{ $ref: "B" }] },
        B: { anyOf: [{ type: "null" }, { $ref: "A" }] },
        C: { $ref: "A" },
        List: { type: "array", items: { $ref: "List" } },
      },
    };

    expect(problemsOfRequest(round)).toMatchObject([
      { path: "place/request/$defs/A", message: expect.stringContaining("leads back to A") },
      { path: "place/request/$defs/B", message: expect.stringContaining("leads back to B") },
    ]);
  });

  test("a recursive type refers to itself", () => {
    const Tree = Type.Cyclic(
      { Tree: Type.Object({ children: Type.Array(Type.Ref("Tree")) }) },
      "Tree",
    );
    const draft = freeze("orders", { a: unary({ request: Tree, response: Tree }) });

    expect(draft.procedures["a"]?.request).toEqual({ $ref: "#/definitions/Tree" });
    expect(draft.definitions["Tree"]).toMatchObject({
      properties: { children: { items: { $ref: "#/definitions/Tree" } } },
    });
  });

  test("two different schemas may not share a name, also where one stands in the other", () => {
    const other = Type.Object({ id: Type.String() }, { $id: "Line" });
    const around = Type.Object({ inner: other }, { $id: "Line" });

    expect(problemsOf({ a: unary({ request: Line, response: other }) })).toMatchObject([
      { path: "a/response", message: expect.stringContaining("give one of them another $id") },
    ]);
    expect(problemsOf({ a: unary({ request: around, response: nothing }) })).toMatchObject([
      { path: "a/request/properties/inner" },
    ]);
  });
});

test("values that JSON does not have are written as x-concordat", () => {
  const draft = freeze("orders", {
    a: unary({
      request: Type.Object({ bytes: Bytes(), at: Timestamp(), n: BigInteger() }),
      response: nothing,
    }),
  });

  expect(draft.procedures["a"]?.request).toMatchObject({
    properties: {
      bytes: { type: "object", "x-concordat": "bytes" },
      at: { type: "object", "x-concordat": "timestamp" },
      n: { type: "object", "x-concordat": "bigint" },
    },
  });
});

test("a draft is plain JSON: nothing changes when it is written and read", () => {
  const draft = freeze(
    "orders",
    {
      place: unary({
        request: Type.Object({
          sku: Type.String({ minLength: 1 }),
          note: Type.Optional(Type.String()),
        }),
        response: Type.Union([Type.Literal("ok"), Type.Null()]),
        errors: { out_of_stock: Type.Object({ left: Type.Integer() }) },
        idempotent: true,
        deprecated: { since: "1.1.0", successor: "put" },
        auth: ["orders:write"],
        limits: { timeoutMs: 5 },
        doc: "Places an order.",
      }),
    },
    "Everything about orders.",
  );

  expect(JSON.parse(JSON.stringify(draft))).toEqual(draft);
  expect(draft).toMatchObject({ concordat: "release/1", contract: "orders" });
});

test("what is left to its default is not written down", () => {
  const { procedures } = freeze("orders", { a: unary({ request: nothing, response: nothing }) });

  expect(Object.keys(procedures["a"] ?? {})).toEqual([
    "kind",
    "request",
    "response",
    "fingerprint",
  ]);
});
