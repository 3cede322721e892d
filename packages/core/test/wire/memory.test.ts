/** Bombs are refused before memory is taken, in a process that has hardly any. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "concordat-memory-"));
const victim = join(folder, "victim.mjs");

beforeAll(async () => {
  // A process of its own, so that its heap can be small and its death is seen.
  await build({
    entryPoints: [fileURLToPath(new URL("bomb-victim.ts", import.meta.url))],
    outfile: victim,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

test("a process with a heap of 24 MB refuses every bomb a hundred times and has not grown", () => {
  const run = spawnSync(process.execPath, ["--max-old-space-size=24", "--expose-gc", victim], {
    encoding: "utf8",
    timeout: 60_000,
  });

  expect(run.stderr).toBe("");
  expect(run.status).toBe(0);
  const report = JSON.parse(run.stdout) as { refused: number; grownBytes: number }; // bomb-victim.ts wrote it
  expect(report.refused).toBe(1_100);
  expect(report.grownBytes).toBeLessThan(8_000_000);
});
