/** Drafting an adapter: a file for the one who finishes it, written once. */
import { describe, expect, test } from "vitest";

import type { Outcome } from "../../src/run.ts";
import { type ProjectFolder, releasedProject, sourceWith } from "../project-folder.ts";

async function projectWithTwoMajors(): Promise<ProjectFolder> {
  const folder = await releasedProject();
  await folder.write("concordat.config.json", {
    sources: { orders: "./contract.js" },
    generate: [{ contract: "orders", out: "src/generated/orders", as: "ts" }],
  });
  await folder.write(
    "contract.js",
    sourceWith({ article: { type: "string" } }, { note: { type: "string" } }),
  );
  await folder.start("release");
  return folder;
}

test("adapter writes a file beside the sources, typed by the generated stubs of both releases", async () => {
  const folder = await projectWithTwoMajors();

  const { exitCode, stdout, stderr } = await folder.start("adapter", "1.0.0", "2.0.0");

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toContain("Drafted, look at it: place.");
  const text = await folder.read("src/adapters/orders-1.0.0.ts");
  expect(text).toContain('from "../generated/orders/releases/1.0.0/types.ts"');
  expect(text).toContain('from "../generated/orders/releases/2.0.0/types.ts"');
  expect(text).toContain('request: [{ step: "rename", at: "", from: "sku", to: "article" }]');
});

test("what an adapter is typed with stays the same when a further release comes", async () => {
  const folder = await projectWithTwoMajors();
  await folder.start("generate");
  await folder.start("adapter", "1.0.0", "2.0.0");
  const typesOf = async (): Promise<string[]> => {
    const text = await folder.read("src/adapters/orders-1.0.0.ts");
    const paths = [...text.matchAll(/from "(\.\S+)"/g)].map(([, path]) => `src/adapters/${path}`);
    expect(paths).toHaveLength(2);
    return Promise.all(paths.map((path) => folder.read(path)));
  };
  const before = await typesOf();

  await folder.write("contract.js", sourceWith({ amount: { type: "integer" } }, {}));
  const { stdout } = await folder.start("release");
  await folder.start("generate");

  expect(stdout).toContain("orders 3.0.0");
  expect(await typesOf()).toEqual(before);
});

test("a second time it touches nothing", async () => {
  const folder = await projectWithTwoMajors();
  await folder.run("adapter", "1.0.0", "2.0.0");
  await folder.write("src/adapters/orders-1.0.0.ts", "mine");

  const again = await folder.run("adapter", "1.0.0", "2.0.0");

  expect(again).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("is there already") });
  expect(await folder.read("src/adapters/orders-1.0.0.ts")).toBe("mine");
});

test.each([
  [["1.0.0", "3.0.0"], "There are 1.0.0 2.0.0."],
  [["2.0.0", "1.0.0"], "are no neighbouring releases"],
  [["1.0.0", "2.0.0", "--contract", "mcp"], "There is no contract"],
  [
    ["1.0.0", "2.0.0", "--out", "contract.js/from-1.ts"],
    "from-1.ts was not written: a file stands where a folder has to be.",
  ],
])("adapter %s is refused, with what there is", async (words, why) => {
  const folder = await projectWithTwoMajors();

  const refused = await folder.run("adapter", ...words);

  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(why) });
});

test("adapter asks for the stubs whose types it is written with", async () => {
  const folder = await projectWithTwoMajors();
  await folder.write("concordat.config.json", { sources: { orders: "./contract.js" } });

  const { exitCode, stderr } = await folder.run("adapter", "1.0.0", "2.0.0");

  expect(exitCode).toBe(2);
  expect(stderr).toContain("concordat.config.json asks for no TypeScript stubs of orders 2.0.0");
});

async function checked(module: string): Promise<Outcome> {
  const folder = await projectWithTwoMajors();
  await folder.write("concordat.config.json", {
    sources: { orders: "./contract.js" },
    adapters: { orders: "./adapters.js" },
  });
  await folder.write("adapters.js", module);
  return folder.run("check");
}

describe("check, told where the adapters are", () => {
  const pair = 'from: "1.0.0", to: "2.0.0"';

  test("is content when they say what becomes of every procedure", async () => {
    const procedures = "{ place: { request: (older) => ({ article: older.sku }) } }";

    const check = await checked(
      `export const adapters = [{ ${pair}, procedures: ${procedures} }];`,
    );

    expect(check).toMatchObject({ exitCode: 0, stderr: "" });
    expect(check.stdout).toContain("1.0.0 is of an older line and served through adapters");
  });

  test.each([
    [
      `export const a = { ${pair}, procedures: {} };`,
      "no adapter from 1.0.0 to 2.0.0 says what becomes of place",
    ],
    [
      `export const a = { ${pair}, procedures: { plcae: "project" } };`,
      "the adapter from 1.0.0 to 2.0.0 is about plcae, which 1.0.0 does not have",
    ],
  ])("fails on %s, and names the pair and the procedures", async (module, why) => {
    const { exitCode, stderr } = await checked(module);

    expect(exitCode).toBe(1);
    expect(stderr).toContain(why);
  });

  test("names a command that runs as it stands, also in a project of two contracts", async () => {
    const folder = await projectWithTwoMajors();
    await folder.write("concordat.config.json", {
      sources: { orders: "./contract.js", parcels: "./parcels.js" },
      adapters: { orders: "./adapters.js" },
      generate: [{ contract: "orders", out: "src/generated/orders", as: "ts" }],
    });
    await folder.write("adapters.js", `export const a = { ${pair}, procedures: {} };`);
    await folder.write("parcels.js", sourceWith({}).replaceAll("orders", "parcels"));
    await folder.start("release", "parcels");

    const { stderr } = await folder.run("check");
    const [, words = ""] = /"concordat (adapter [^"]*)"/.exec(stderr) ?? [];

    expect(await folder.run(...words.split(" "))).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("does not take a module without adapters for one", async () => {
    const { exitCode, stderr } = await checked("export const other = 1;");

    expect(exitCode).toBe(2);
    expect(stderr).toContain("adapters.js exports no adapter");
  });
});

describe("a draft that nobody has finished", () => {
  const inFunction =
    'export const a = { from: "1.0.0", to: "2.0.0", procedures: { place: { request: (older) => fillIn(older) } } };';
  const inStep =
    'export const a = { from: "1.0.0", to: "2.0.0", procedures: { place: { request: [{ step: "default", at: "", name: "n", value: fillIn("") }] } } };';

  test.each([
    ["in a function", ["check"], inFunction],
    ["in a function", ["verify"], inFunction],
    ["in a step", ["check"], inStep],
    ["in a step", ["verify", "--services", "src/adapters.ts"], inStep],
  ])("%s stops %s, which names its file and what to do", async (_, words, module) => {
    const folder = await projectWithTwoMajors();
    await folder.write("concordat.config.json", {
      sources: { orders: "./contract.js" },
      adapters: { orders: "./src/adapters.ts" },
    });
    await folder.write("src/adapters.ts", 'export * from "./adapters/orders-1.0.0.ts";');
    await folder.write("src/adapters/orders-1.0.0.ts", module);

    const { exitCode, stderr } = await folder.start(...words);

    expect(stderr).toBe(
      "error: src/adapters/orders-1.0.0.ts is the unfinished draft of an adapter: write what stands inside fillIn(…), and leave fillIn away.\n",
    );
    expect(exitCode).toBe(2);
  });

  test("is no adapter with a function of that name of its own", async () => {
    const folder = await projectWithTwoMajors();
    await folder.write("concordat.config.json", {
      sources: { orders: "./contract.js" },
      adapters: { orders: "./src/adapters.ts" },
    });
    await folder.write(
      "src/adapters.ts",
      `const fillIn = (older: { sku: string }) => ({ article: older.sku });\n${inFunction}`,
    );

    expect(await folder.start("check")).toMatchObject({ exitCode: 0, stderr: "" });
  });
});
