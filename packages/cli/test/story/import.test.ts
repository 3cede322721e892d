/** Published schemas become releases, with the real command. */
import { expect, test } from "vitest";

import { emptyFolder, type ProjectFolder } from "../project-folder.ts";

const order = {
  description: "What somebody wants.",
  type: "object",
  properties: { sku: { type: "string" } },
  required: ["sku"],
};

const mapping = {
  "*": {
    "orders/place": { request: "#/$defs/Place/properties/params", response: "#/$defs/Order" },
    ping: { response: "#/$defs/Empty", idempotent: true },
  },
};

function revision(extra: object): object {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $defs: {
      Order: { ...order, properties: { ...order.properties, ...extra } },
      Place: { type: "object", properties: { params: { $ref: "#/$defs/Order" } } },
      Empty: { type: "object" },
      Unused: { type: "string" },
    },
  };
}

async function twoRevisions(): Promise<ProjectFolder> {
  const folder = await emptyFolder();
  await folder.write("map.json", mapping);
  await folder.write("2024.schema.json", revision({}));
  await folder.write("2025.schema.json", revision({ note: { type: "string" } }));
  return folder;
}

const words = ["import", "--contract", "orders", "--procedures", "map.json", "--out", "contracts"];

test("two revisions become two releases in a chain, named after their files, without what nobody uses", async () => {
  const folder = await twoRevisions();

  const outcome = await folder.start(...words, "2024.schema.json", "2025.schema.json");

  expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  const first = await folder.json("contracts/orders/1.0.0.json");
  const second = await folder.json("contracts/orders/1.1.0.json");
  expect(first).toMatchObject({
    doc: "Revision 2024.",
    procedures: {
      "orders/place": { kind: "unary", request: { $ref: "#/definitions/Order" } },
      ping: { idempotent: true, request: { type: "object", properties: {} } },
    },
  });
  expect(first).toHaveProperty("definitions", {
    Empty: { type: "object" },
    Order: expect.objectContaining({ description: "What somebody wants." }),
  });
  expect(second).toMatchObject({
    previous: (first as { fingerprint: string }).fingerprint, // a release has one
    doc: "Revision 2025.",
  });
});

test("--drop-texts leaves the sentences out, and says so", async () => {
  const folder = await twoRevisions();

  const outcome = await folder.run(...words, "--drop-texts", "2024.schema.json");

  expect(outcome.stdout).toContain("note: 2024: left out texts, as asked");
  expect(await folder.read("contracts/orders/1.0.0.json")).not.toContain("somebody");
});

test("importing again with one revision more adds that one", async () => {
  const folder = await twoRevisions();
  await folder.run(...words, "2024.schema.json");
  const before = await folder.read("contracts/orders/1.0.0.json");

  const outcome = await folder.run(...words, "2024.schema.json", "2025.schema.json");

  expect(outcome.stdout).toContain("note: 2024 is 1.0.0 already.");
  expect(await folder.read("contracts/orders/1.0.0.json")).toBe(before);
  expect((await folder.files()).has("contracts/orders/1.1.0.json")).toBe(true);
});

test("a revision that is there with another content is refused, and nothing is written", async () => {
  const folder = await twoRevisions();
  await folder.run(...words, "2024.schema.json");
  const before = await folder.files();

  const outcome = await folder.run(...words, "--drop-texts", "2024.schema.json");

  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain("2024 is orders 1.0.0 already, with another content");
  expect(await folder.files()).toEqual(before);
});

test("a definition that is described by itself alone is refused, and nothing is written", async () => {
  const folder = await emptyFolder();
  await folder.write("map.json", { "*": { ping: { response: "#/$defs/A" } } });
  await folder.write("2024.schema.json", { $defs: { A: { anyOf: [{ $ref: "#/$defs/A" }] } } });
  const before = await folder.files();

  const outcome = await folder.run(...words, "2024.schema.json");

  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain("leads back to A without an object or an array in between");
  expect(await folder.files()).toEqual(before);
});

test("--revision names revisions in the order of the files", async () => {
  const folder = await twoRevisions();
  await folder.write("map.json", { old: mapping["*"], new: mapping["*"] });

  const outcome = await folder.run(
    ...words,
    "2024.schema.json",
    "2025.schema.json",
    "--revision=old",
    "--revision=new",
  );

  expect(outcome.stdout).toContain("1.0.0.json: Revision old.");
  expect(outcome.stdout).toContain("1.1.0.json: Revision new.");
});

test("--dry-run says what would be written, and writes nothing", async () => {
  const folder = await twoRevisions();
  const before = await folder.files();

  const outcome = await folder.run(...words, "--dry-run", "2024.schema.json", "2025.schema.json");

  expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  expect(outcome.stdout).toContain(
    `note: orders 1.0.0 (first release) would be written to ${folder.path}/contracts/orders/1.0.0.json: Revision 2024.`,
  );
  expect(outcome.stdout).toContain("note: orders 1.1.0 (minor) would be written to");
  expect(outcome.stdout).toContain("orders 1.0.0 → 1.1.0: compatible");
  expect(await folder.files()).toEqual(before);
});

test("without --out releases go where the settings say", async () => {
  const folder = await twoRevisions();
  await folder.write("concordat.config.json", { contracts: "frozen" });
  const [first, ...rest] = words.filter((word) => word !== "--out" && word !== "contracts");

  const outcome = await folder.run(first ?? "", ...rest, "2024.schema.json");

  expect(outcome.stdout).toBe(
    `orders 1.0.0 (first release) is written to ${folder.path}/frozen/orders/1.0.0.json: Revision 2024.\n`,
  );
  expect((await folder.files()).has("frozen/orders/1.0.0.json")).toBe(true);
});

test("an imported history is one that check accepts and diff compares", async () => {
  const folder = await twoRevisions();
  await folder.write("concordat.config.json", {});
  await folder.run(...words, "2024.schema.json", "2025.schema.json");

  const check = await folder.run("check");
  const diff = await folder.run("diff", "orders@1.0.0", "orders@1.1.0");

  expect(check).toMatchObject({ exitCode: 0, stderr: "" });
  expect(diff.stdout).toContain("optional-property-added");
});

test("a first number that the contract did not begin with is refused, and its own is no news", async () => {
  const folder = await twoRevisions();
  await folder.run(...words, "--first", "0.1.0", "2024.schema.json");
  const before = await folder.files();

  const other = await folder.run(
    ...words,
    "--first",
    "3.0.0",
    "2024.schema.json",
    "2025.schema.json",
  );

  expect(other.exitCode).toBe(2);
  expect(other.stderr).toContain(
    "--first is for a first release, and there are some: orders (up to 0.1.0)",
  );
  expect(await folder.files()).toEqual(before);
  const again = await folder.run(
    ...words,
    "--first",
    "0.1.0",
    "2024.schema.json",
    "2025.schema.json",
  );
  expect(again).toMatchObject({ exitCode: 0, stderr: "" });
  expect(again.stdout).toContain("orders 0.1.1 (minor)");
});
