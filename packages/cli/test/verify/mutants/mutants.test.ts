/** Seeded defects: all are known to be found; here a few are looked for again. */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, expect, test } from "vitest";

import { type Ground, hunt, prepare } from "./hunt.ts";
import { mutants } from "./mutants.ts";

const repository = fileURLToPath(new URL("../../../../../", import.meta.url));
const all = Object.values(mutants).flat();

let ground: Ground = { repository, folder: "" };

beforeAll(async () => {
  ground = { repository, folder: await mkdtemp(join(tmpdir(), "concordat-mutants-")) };
  await prepare(ground);
});

afterAll(() => rm(ground.folder, { recursive: true, force: true }));

test("there are more than thirty, and each still has its place", () => {
  const lost = all.filter(({ file, from }) => {
    const text = readFileSync(join(repository, "packages", file), "utf8");
    return text.split(from).length !== 2;
  });

  expect(all.length).toBeGreaterThan(30);
  expect(lost.map(({ name }) => name)).toEqual([]);
});

test("without a defect nothing is found", { timeout: 300_000 }, async () => {
  expect(await hunt(ground, undefined, 4)).toMatchObject({ findings: [] });
});

test.each([
  ["an adapter that forgets a property of the response", /^kept: \/(hint|memo)/],
  ["a request that is not checked after the adapter", /^arrives: /],
  ["a stream converter that forgets what comes at the end", /^exact: /],
  ["a negotiation that picks the second newest", /^negotiated: /],
  ["a fingerprint that ignores a keyword", /^fingerprint: /],
])("%s is found", { timeout: 300_000 }, async (name, finding) => {
  const mutant = all.find((each) => each.name === name);
  const { findings } = await hunt(ground, mutant, 6);

  expect(mutant).toBeDefined();
  expect(findings[0]).toMatch(finding);
});
