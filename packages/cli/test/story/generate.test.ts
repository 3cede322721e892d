/** Stubs follow the releases, and check notices when they do not. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { contractFingerprint, procedureFingerprint } from "@concordat/core/internal";
import { expect, test } from "vitest";

import { emptyFolder, type ProjectFolder, releasedProject, sourceWith } from "../project-folder.ts";
import { draftWith, releaseAfter } from "../release-history.ts";

async function projectWithStubs(): Promise<ProjectFolder> {
  const folder = await releasedProject();
  await folder.write("concordat.config.json", {
    sources: { orders: "./contract.js" },
    generate: [
      { contract: "orders", out: "src/generated/orders", as: "ts" },
      { contract: "orders", out: "package", as: "package", package: "@acme/orders-contract" },
    ],
  });
  return folder;
}

function settingsFor(out: string, release?: string): object {
  return { sources: { orders: "./contract.js" }, generate: [{ contract: "orders", out, release }] };
}

test("generate writes sources and a package whose version is the release", async () => {
  const folder = await projectWithStubs();

  const generate = await folder.start("generate");

  expect(generate).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await folder.json("package/package.json")).toMatchObject({
    name: "@acme/orders-contract",
    version: "1.0.0",
  });
  expect(await folder.read("src/generated/orders/client.ts")).toContain("@concordat/client/stub/1");
});

test("generating again touches nothing", async () => {
  const folder = await projectWithStubs();
  await folder.start("generate");
  const before = await folder.files();

  const again = await folder.start("generate");

  expect(again.stdout).toContain("src/generated/orders is up to date");
  expect(await folder.files()).toEqual(before);
});

test("check fails while a generated file is missing, edited, or older than the newest release", async () => {
  const folder = await projectWithStubs();
  const missing = await folder.start("check");
  await folder.start("generate");
  const level = await folder.start("check");
  const client = "src/generated/orders/client.ts";
  await folder.write(client, `${await folder.read(client)}// mine\n`);
  const edited = await folder.start("check");
  await folder.start("generate");
  await folder.write(
    "contract.js",
    sourceWith({ sku: { type: "string" } }, { note: { type: "string" } }),
  );
  await folder.start("release");
  const older = await folder.start("check");

  expect(level).toMatchObject({ exitCode: 0, stderr: "" });
  for (const failed of [missing, edited, older]) {
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain('run "concordat generate orders"');
  }
  expect(edited.stderr).toContain("src/generated/orders is out of date (client.ts)");
});

test("types of a release that was taken back are out of date, and generate removes them and nothing else", async () => {
  const folder = await projectWithStubs();
  await folder.start("generate");
  const level = await folder.files();
  const source = await folder.read("contract.js");
  await folder.write("contract.js", sourceWith({ article: { type: "string" } }));
  await folder.start("release");
  await folder.start("generate");
  await rm(join(folder.path, "contracts/orders/2.0.0.json"));
  await folder.write("contract.js", source);
  await folder.write("src/generated/orders/releases/2.0.0/notes.ts", "mine");
  await folder.write("src/generated/orders/releases/3.0.0/types.ts", "mine");

  const check = await folder.start("check");
  const generate = await folder.start("generate");

  expect(check.exitCode).toBe(1);
  expect(check.stderr).toContain("releases/2.0.0/types.ts");
  expect(check.stderr).not.toContain("3.0.0");
  expect(generate.stdout).toContain(
    "orders 1.0.0: wrote 3 of 4 files to src/generated/orders, and removed 1.",
  );
  const kept = new Map([
    ...level,
    ["src/generated/orders/releases/2.0.0/notes.ts", "mine"],
    ["src/generated/orders/releases/3.0.0/types.ts", "mine"],
  ]);
  expect(await folder.files()).toEqual(kept);
  expect(await folder.start("check")).toMatchObject({ exitCode: 0, stderr: "" });
});

test("a checkout that turned line ends around has up-to-date files", async () => {
  const folder = await projectWithStubs();
  await folder.start("generate");
  const client = "src/generated/orders/client.ts";
  await folder.write(client, (await folder.read(client)).replaceAll("\n", "\r\n"));

  expect(await folder.start("check")).toMatchObject({ exitCode: 0, stderr: "" });
});

test.each([
  ["", { quantity: { type: "string" } }],
  [
    ", whose adapter was derived",
    { sku: { type: "string" }, quantity: { type: "string", default: "1" } },
  ],
])("a stub of an older release is what it was before there was a newer one%s", async (_, next) => {
  const folder = await projectWithStubs();
  await folder.write("concordat.config.json", settingsFor("then"));
  await folder.start("generate");
  await folder.write("contract.js", sourceWith(next));
  await folder.start("release");
  await folder.write("concordat.config.json", settingsFor("now", "1.0.0"));

  const generate = await folder.start("generate");

  expect(generate.stdout).toContain("orders 1.0.0: wrote 4 of 4 files to now");
  for (const file of ["types.ts", "client.ts", "server.ts"]) {
    expect(await folder.read(`now/${file}`)).toBe(await folder.read(`then/${file}`));
  }
});

test("a stub of a release that is not there is refused", async () => {
  const folder = await projectWithStubs();
  await folder.write("concordat.config.json", {
    generate: [{ contract: "orders", out: "now", release: "1.1.0" }],
  });

  const generate = await folder.start("generate");

  expect(generate.exitCode).toBe(2);
  expect(generate.stderr).toContain("orders 1.1.0, which is none of its releases: 1.0.0.");
});

test("a release that refers to a definition it lacks yields a sentence and no files", async () => {
  const folder = await emptyFolder();
  const body = {
    kind: "unary",
    request: { $ref: "#/definitions/Missing" },
    response: true,
  } as const;
  const procedures = { place: { ...body, fingerprint: procedureFingerprint(body, {}) } };
  const fingerprint = contractFingerprint("orders", procedures);
  const release = releaseAfter(undefined, "1.0.0", draftWith(true));
  await folder.write("contracts/orders/1.0.0.json", { ...release, procedures, fingerprint });
  await folder.write("concordat.config.json", { generate: [{ contract: "orders", out: "out" }] });
  const before = await folder.files();

  const generate = await folder.run("generate");

  expect(generate.exitCode).toBe(2);
  expect(generate.stderr).toContain("No stub can be made of orders 1.0.0: ");
  expect(await folder.files()).toEqual(before);
});

test.each([
  ["a package's manifest", "package.json", { out: ".", as: "package", package: "@acme/orders" }],
  ["a source", "src/server.ts", { out: "src", as: "ts" }],
])(
  "%s that somebody else wrote is not replaced, and nothing is written",
  async (_, file, target) => {
    const folder = await releasedProject();
    await folder.write("concordat.config.json", {
      sources: { orders: "./contract.js" },
      generate: [{ contract: "orders", ...target }],
    });
    await folder.write("src/server.ts", "export {}; // mine\n");
    const before = await folder.files();

    const generate = await folder.run("generate");

    expect(generate.exitCode).toBe(2);
    expect(generate.stderr).toContain(`${file} was not generated, and would be replaced`);
    expect(await folder.files()).toEqual(before);
  },
);

test("a folder that cannot be made is said to be one, not to be missing", async () => {
  const folder = await releasedProject();
  await folder.write("concordat.config.json", settingsFor("contract.js/gen"));

  const generate = await folder.run("generate");

  expect(generate.stderr).toContain(
    "contract.js/gen/types.ts was not written: a file stands where a folder has to be",
  );
});
