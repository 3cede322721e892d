/** From an empty folder to a second release, with the real command. */
import { expect, test } from "vitest";

import { emptyFolder, releasedProject, sourceWith } from "../project-folder.ts";

test("an empty folder becomes a released contract in two commands, from TypeScript", async () => {
  const folder = await emptyFolder();
  await folder.write("package.json", { type: "module" });
  await folder.write(
    "src/contract.ts",
    `import { defineContract, unary } from "@concordat/core";
import { Type } from "typebox";
const Order: object = { id: "string" };
export const orders = defineContract("orders", {
  place: unary({ request: Type.Object({ sku: Type.String() }), response: Type.Object({ id: Type.String() }) }),
});
`,
  );

  const init = await folder.start("init", "orders");
  const release = await folder.start("release");

  expect(init).toMatchObject({ exitCode: 0, stderr: "" });
  expect(release).toMatchObject({ exitCode: 0, stderr: "" });
  expect(release.stdout).toContain(
    "orders 1.0.0 (first release) is written to contracts/orders/1.0.0.json",
  );
  expect(await folder.json("contracts/orders/1.0.0.json")).toMatchObject({
    concordat: "release/1",
    contract: "orders",
    release: "1.0.0",
    previous: null,
  });
});

test("a new optional property is a minor step, and check passes before and after its release", async () => {
  const folder = await releasedProject();
  await folder.write(
    "contract.js",
    sourceWith({ sku: { type: "string" } }, { note: { type: "string" } }),
  );

  const ahead = await folder.start("check");
  const release = await folder.start("release");
  const level = await folder.start("check");

  expect(ahead).toMatchObject({ exitCode: 0, stderr: "" });
  expect(ahead.stdout).toContain("would be 1.1.0 (minor)");
  expect(release.stdout).toContain("orders 1.1.0 (minor)");
  expect(level.stdout).toContain("the working tree is 1.1.0");
});

test("a new required property is a major step; check fails, names who breaks, and shows the witness", async () => {
  const folder = await releasedProject();
  await folder.write(
    "contract.js",
    sourceWith({ sku: { type: "string" }, quantity: { type: "integer" } }),
  );

  const check = await folder.start("check");
  const release = await folder.start("release");

  expect(check.exitCode).toBe(1);
  expect(check.stdout).toContain("Clients of 1.0.0, server of working tree: breaking");
  expect(check.stdout).toContain('Breaks on: {"sku":""}');
  expect(release).toMatchObject({ exitCode: 0 });
  expect(release.stdout).toContain("orders 2.0.0 (major)");
});

test("releasing what has not changed writes nothing and is no failure", async () => {
  const folder = await releasedProject();
  const before = await folder.files();

  const again = await folder.start("release");

  expect(again).toMatchObject({ exitCode: 0, stderr: "" });
  expect(again.stdout).toContain("orders 1.0.0 says the same: nothing to release");
  expect(await folder.files()).toEqual(before);
});

test("a dry run says the number and writes nothing", async () => {
  const folder = await releasedProject();
  await folder.write("contract.js", sourceWith({}));
  const before = await folder.files();

  const dry = await folder.start("release", "--dry-run");

  expect(dry.stdout).toContain("would be written to contracts/orders/");
  expect(await folder.files()).toEqual(before);
});

test("a person may ask for a larger step than the derived one", async () => {
  const folder = await releasedProject();
  await folder.write(
    "contract.js",
    sourceWith({ sku: { type: "string" } }, { note: { type: "string" } }),
  );

  const release = await folder.start("release", "orders", "--at-least", "major");

  expect(release.stdout).toContain("orders 2.0.0 (major)");
});

test("a contract may begin below 1.0.0, and leaves it when told to", async () => {
  const folder = await releasedProject("0.1.0");

  await folder.write(
    "contract.js",
    sourceWith({ sku: { type: "string" } }, { note: { type: "string" } }),
  );
  const minor = await folder.start("release");
  await folder.write("contract.js", sourceWith({ sku: { type: "string" } }));
  const stable = await folder.start("release", "--stable");

  expect(minor.stdout).toContain("orders 0.1.1 (minor)");
  expect(stable.stdout).toContain("orders 1.0.0");
});

test("a first number for a contract that has releases is refused", async () => {
  const folder = await releasedProject();
  await folder.write("contract.js", sourceWith({}));
  const before = await folder.files();

  const release = await folder.start("release", "--first", "0.1.0");

  expect(release.exitCode).toBe(2);
  expect(release.stderr).toContain(
    "--first is for a first release, and there are some: orders (up to 1.0.0)",
  );
  expect(await folder.files()).toEqual(before);
});

test("leaving 0.x is refused where no contract is below 1.0.0", async () => {
  const folder = await releasedProject();
  await folder.write("contract.js", sourceWith({}));
  const before = await folder.files();

  const release = await folder.start("release", "--stable");

  expect(release.exitCode).toBe(2);
  expect(release.stderr).toContain(
    "--stable is for contracts below 1.0.0, and there is none: orders (up to 1.0.0)",
  );
  expect(await folder.files()).toEqual(before);
});

test("leaving 0.x with nothing changed says that a change is needed", async () => {
  const folder = await releasedProject("0.1.0");

  const { exitCode, stdout } = await folder.start("release", "--stable");

  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    "orders 0.1.0 says the same: nothing to release. To leave 0.x all the same, change a text, such as the contract's doc.",
  );
});
