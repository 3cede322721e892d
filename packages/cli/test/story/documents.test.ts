/** What the reference pages show is what the command understands. */
import { readFile } from "node:fs/promises";

import { expect, test } from "vitest";

import { configFrom } from "../../src/project/config-file.ts";
import { emptyFolder } from "../project-folder.ts";

/** The first JSON block of a page. */
async function jsonIn(page: string): Promise<Record<string, unknown>> {
  const text = await readFile(
    new URL(`../../../../docs/reference/${page}`, import.meta.url),
    "utf8",
  );
  const [, block = ""] = /```json\n(.*?)```/s.exec(text) ?? [];
  return JSON.parse(block);
}

test("the settings file that is shown uses every member there is", async () => {
  const settings = configFrom(await jsonIn("settings.md"), "settings.md");

  expect(Object.values(settings).every((value) => (value.size ?? value.length) > 0)).toBe(true);
});

test("the mapping that is shown imports as the page says", async () => {
  const folder = await emptyFolder();
  const page = { type: "object", properties: { cursor: { type: "string" } }, required: ["cursor"] };
  const definitions = {
    Order: { type: "object" },
    OrderList: { type: "array", items: { $ref: "#/definitions/Order" } },
    Page: page,
    PlaceRequest: { properties: { params: { type: "object" } } },
  };
  await folder.write("map.json", await jsonIn("import.md"));
  await folder.write("2024.schema.json", { definitions });
  await folder.write("2025.schema.json", { definitions });

  const outcome = await folder.run(
    "import",
    "--contract=shop",
    "--out=contracts",
    "--procedures=map.json",
    "2024.schema.json",
    "2025.schema.json",
  );

  expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  expect(outcome.stdout).toContain("2024: made cursor optional");
  expect(await folder.json("contracts/shop/1.0.0.json")).toMatchObject({
    procedures: { "orders/list": { idempotent: true }, "orders/place": { kind: "unary" } },
  });
  expect(await folder.json("contracts/shop/2.0.0.json")).toMatchObject({
    procedures: { "orders/watch": { kind: "serverStream", deprecated: { since: "2.0.0" } } },
  });
});
