/** Names that are indices take no more memory than others, in a process that has hardly any. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "concordat-index-name-"));
const victim = join(folder, "victim.mjs");

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL("index-name-victim.ts", import.meta.url))],
    outfile: victim,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

test("a process with a heap of 64 MB reads, checks and converts 20,000 objects that have an index for a name", () => {
  const run = spawnSync(process.execPath, ["--max-old-space-size=64", victim], {
    encoding: "utf8",
    timeout: 60_000,
  });

  expect(run.stderr).toBe("");
  expect(run.stdout).toBe(JSON.stringify(Array.from({ length: 8 }, () => 20_000)));
});
