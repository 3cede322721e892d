/** An OpenRPC document needs no mapping: its methods are procedures. */
import { expect, test } from "vitest";

import { emptyFolder } from "../project-folder.ts";

const document = {
  openrpc: "1.3.2",
  info: { title: "Shop", version: "2" },
  methods: [
    {
      name: "order.place",
      summary: "Places an order.",
      params: [
        { $ref: "#/components/contentDescriptors/Article" },
        { name: "note", schema: { type: "string", nullable: true } },
      ],
      result: { name: "order", schema: { $ref: "#/components/schemas/Order" } },
      errors: [
        { code: 409, message: "Out of stock!" },
        { code: -32001, message: "…" },
      ],
    },
    { name: "ping", params: [], deprecated: true },
  ],
  components: {
    contentDescriptors: {
      Article: { $ref: "#/components/contentDescriptors/Sku" },
      Sku: { name: "sku", required: true, schema: { type: "string" } },
    },
    schemas: { Order: { type: "object", properties: { id: { type: "integer" } } } },
  },
};

const words = ["import", "--contract", "shop", "--out", "contracts", "shop.json"];

test("parameters become members of one request, however many references lead to them, errors get names, dots become groups", async () => {
  const folder = await emptyFolder();
  await folder.write("shop.json", document);

  const outcome = await folder.run(...words);

  expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await folder.json("contracts/shop/1.0.0.json")).toMatchObject({
    procedures: {
      "order/place": {
        doc: "Places an order.",
        request: {
          type: "object",
          required: ["sku"],
          properties: {
            sku: { type: "string" },
            note: { anyOf: [{ type: "string" }, { type: "null" }] },
          },
        },
        response: { $ref: "#/definitions/Order" },
        errors: { out_of_stock: true, code_32001: true },
      },
      ping: { deprecated: {}, response: { type: "object", properties: {} } },
    },
    definitions: { Order: { type: "object" } },
  });
  for (const said of [
    "note: shop: the method order.place is called order/place (at #/methods/0)",
    "note: shop: error 409 is called out_of_stock (at #/methods/0)",
    "note: shop: error -32001 is called code_32001 (at #/methods/0)",
    "note: shop: a notification is a call that is answered with an empty object (at #/methods/1)",
  ])
    expect(outcome.stdout).toContain(said);
  expect(outcome.stdout).not.toContain("by position");
});

test("what a method leaves out may be anything, a description stands in for a summary, and positions become names", async () => {
  const folder = await emptyFolder();
  const method = {
    name: "add",
    description: "Adds.",
    paramStructure: "by-position",
    params: [{ name: "a" }, { name: "b" }],
    result: { name: "sum" },
    errors: [{ code: 7, message: "a".repeat(80) }],
  };
  await folder.write("shop.json", { ...document, methods: [method] });

  const { stdout } = await folder.run(...words);

  expect(await folder.json("contracts/shop/1.0.0.json")).toMatchObject({
    procedures: {
      add: {
        doc: "Adds.",
        request: { type: "object", properties: { a: true, b: true } },
        response: true,
        errors: { ["a".repeat(64)]: true },
      },
    },
  });
  expect(stdout).toContain("parameters by position are members of the request by name");
});

test("--drop-texts leaves out what a method says of itself", async () => {
  const folder = await emptyFolder();
  await folder.write("shop.json", document);

  await folder.run(...words, "--drop-texts");

  expect(await folder.read("contracts/shop/1.0.0.json")).not.toContain("Places");
});

const broken: readonly (readonly [what: string, methods: unknown, says: string])[] = [
  ["no methods", [], "shop.json has no methods"],
  ["a method without a name", [{ params: [] }], '#/methods/0 is called ""'],
  ["a reference to nothing", [{ $ref: "#/components/x" }], "#/components/x, which leads nowhere"],
  ["two methods of one name", [{ name: "a.b" }, { name: "a/b" }], "two methods are called a/b"],
  ["a parameter without a name", [{ name: "a", params: [{}] }], "has a parameter without a name"],
  [
    "an error whose code is no number",
    [{ name: "a", errors: [{ code: { toString: null } }] }],
    "#/methods/0 has an error without a number for its code",
  ],
  [
    "parameters that are no list",
    [{ name: "a", params: { x: 1 } }],
    '#/methods/0 has "params" that are no list',
  ],
  [
    "two parameters of one name",
    [{ name: "a", params: [{ name: "x" }, { name: "x", required: true }] }],
    '#/methods/0 has two parameters called "x"',
  ],
  [
    "a reference that leads back to itself",
    [{ $ref: "#/methods/0" }],
    "#/methods/0 refers to #/methods/0, which leads back to itself",
  ],
];

for (const [what, methods, says] of broken) {
  test(`${what} is refused with the file's name, and nothing is written`, async () => {
    const folder = await emptyFolder();
    await folder.write("shop.json", { ...document, methods });

    const outcome = await folder.run(...words);

    expect(outcome.exitCode).toBe(2);
    expect(outcome.stderr).toContain(says);
    expect(outcome.stderr).toMatch(/^error: (\/\S+\/)?shop\.json\b/);
    expect((await folder.files()).size).toBe(1);
  });
}
