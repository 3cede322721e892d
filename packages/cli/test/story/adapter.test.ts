/** Drafting an adapter: a file for the one who finishes it, written once. */
import { expect, test } from "vitest";

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
  expect(text).toContain('from "../generated/orders/types.ts"');
  expect(text).toContain('request: [{ step: "rename", at: "", from: "sku", to: "article" }]');
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
])("adapter %s is refused, with what there is", async (words, why) => {
  const folder = await projectWithTwoMajors();

  const refused = await folder.run("adapter", ...words);

  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(why) });
});
