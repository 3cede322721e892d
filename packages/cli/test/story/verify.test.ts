/** What `verify` lets through, and what it finds. */
import { readableJson } from "@concordat/core/internal";
import { describe, expect, test } from "vitest";

import { emptyFolder, type ProjectFolder } from "../project-folder.ts";
import { draftWith, releaseAfter, requestWith } from "../release-history.ts";

const first = releaseAfter(undefined, "1.0.0", draftWith(requestWith("sku", "note?")));
const second = releaseAfter(first, "1.1.0", draftWith(requestWith("sku", "note?", "tag?")));
const third = releaseAfter(second, "2.0.0", draftWith(requestWith("article", "note?", "tag?")));

/** A project with three releases, and an adapter whose request is converted like this. */
async function projectWith(request?: string, settings: object = {}): Promise<ProjectFolder> {
  const folder = await emptyFolder();
  await folder.write("package.json", { type: "module" });
  await folder.write("concordat.config.json", {
    ...(request === undefined ? {} : { adapters: { orders: "./adapters.js" } }),
    ...settings,
  });
  for (const release of [first, second, third]) {
    await folder.write(`contracts/orders/${release.release}.json`, readableJson(release));
  }
  if (request !== undefined) {
    const procedures = `{ place: { request: ${request} } }`;
    await folder.write(
      "adapters.js",
      `export const adapter = { from: "1.1.0", to: "2.0.0", procedures: ${procedures} };`,
    );
  }
  return folder;
}

const right = `[{ step: "rename", at: "", from: "sku", to: "article" }]`;

test("a history that is served as it was promised passes, and a table says what was tried", async () => {
  const folder = await projectWith(right);

  const verify = await folder.run("verify", "--values", "8");

  expect(verify).toMatchObject({ exitCode: 0, stderr: "" });
  expect(verify.stdout).toMatch(
    /3 releases × procedures × values = \d+ runs, \d+ handshakes, \d+ fingerprints, seed 1/,
  );
  expect(verify.stdout).toMatch(/2\.0\.0 +1 +(\d+) +1 \(\1\)/);
});

test("an adapter that forgets a property is found: the law, the adapter, the path, the smallest message", async () => {
  const folder = await projectWith(
    `({ sku, tag }) => (tag === undefined ? { article: sku } : { article: sku, tag })`,
  );

  const verify = await folder.run("verify", "--values", "8");

  expect(verify.exitCode).toBe(1);
  expect(verify.stderr).toContain("orders/place 1.1.0: /note of the request is lost.");
  expect(verify.stderr).toContain("adapter: 1.1.0 to 2.0.0");
  expect(verify.stderr).toContain("path: /note");
  expect(verify.stderr).toContain('sent: {"note":"","sku":""}');
});

test("an adapter that changes what it is given is found, with what was really sent", async () => {
  const folder = await projectWith(
    `(older) => { older.note += "!"; const { sku, ...rest } = older; return { ...rest, article: sku }; }`,
  );

  const { stderr } = await folder.run("verify", "--values", "8");

  expect(stderr).toContain("orders/place 1.0.0: /note of the request has another value.");
  expect(stderr).toContain('sent: {"note":"","sku":""}');
});

test("an adapter that writes another thing each time leaves alone what it has to", async () => {
  const made = `article: sku + Math.random()`;
  const loses = await projectWith(`({ sku, tag, ...rest }) => ({ ...rest, ${made} })`);
  const keeps = await projectWith(`({ sku, ...rest }) => ({ ...rest, ${made} })`);

  expect((await loses.run("verify")).stderr).toContain("/tag of the request is lost");
  expect((await keeps.run("verify")).stderr).toBe("");
});

test("an adapter that passes undefined on for what is absent loses nothing", async () => {
  const folder = await projectWith(`({ sku, note, tag }) => ({ article: sku, note, tag })`);

  expect(await folder.run("verify")).toMatchObject({ exitCode: 0, stderr: "" });
});

test("what an adapter loses on purpose it has to say", async () => {
  const drop = `[{ step: "rename", at: "", from: "sku", to: "article" }, { step: "drop", at: "", names: ["note"] }]`;
  const silent = `({ sku }) => ({ article: sku })`;
  const declared = await projectWith(`${silent}, lost: ["/note", "/tag"]`);
  const dropped = await projectWith(drop);

  expect((await dropped.run("verify")).stderr).toBe("");
  expect((await declared.run("verify")).stderr).toBe("");
});

test("the same seed finds the same, in json too", async () => {
  const folder = await projectWith(`({ sku }) => ({ article: sku })`);
  const words = ["verify", "--seed", "7", "--values", "8", "--format", "json"];

  const [once, again] = [await folder.run(...words), await folder.run(...words)];

  expect(once).toEqual(again);
  expect(JSON.parse(once.stdout)).toMatchObject({
    status: "breaking",
    seed: 7,
    verified: [{ contract: "orders", findings: [{ law: "kept", release: "1.0.0" }, {}] }],
  });
});

describe("where nobody named the adapters", () => {
  test("what needs one is left out, and that is said once for all such releases", async () => {
    const folder = await projectWith();

    const verify = await folder.run("verify");

    expect(verify.exitCode).toBe(0);
    expect(verify.stdout.match(/^warning: .*$/gm)).toEqual([
      expect.stringContaining(
        "orders 1.0.0, 1.1.0 are left out: no adapter from 1.1.0 to 2.0.0 says",
      ),
    ]);
    expect(verify.stdout).toMatch(/^orders: 1 release × procedures/);
    expect(verify.stdout).toMatch(/\n {2}2\.0\.0 /);
  });

  test("and where one is missing among those that are named, it is a problem", async () => {
    const folder = await projectWith(right);
    await folder.write(
      "adapters.js",
      `export const other = { from: "1.0.0", to: "1.1.0", procedures: {} };`,
    );

    const verify = await folder.run("verify");

    expect(verify.exitCode).toBe(1);
    expect(verify.stderr).toContain("no adapter from 1.1.0 to 2.0.0 says what becomes of place");
  });
});

test.each([
  [["verify", "--values", "0"], "--values takes a whole number from 1 to 999999999, not"],
  [["verify", "--seed", "x"], "--seed takes a whole number from 0 to 999999999, not"],
  [["verify", "--own"], "name their module with --services"],
  [["verify", "--services", "adapters.js"], "adapters.js exports no service"],
])("%j is refused with a reason", async (words, reason) => {
  const folder = await projectWith(right);

  const verify = await folder.run(...words);

  expect(verify.exitCode).toBe(2);
  expect(verify.stderr).toContain(reason);
});
