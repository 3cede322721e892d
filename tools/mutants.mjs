/** The seeded defects of `npm run verify -- --mutants [WORD IN A NAME]`: bundles their run from the sources, and runs it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";

/**
 * Runs them, and says how the process has to end.
 *
 * @param {readonly string[]} words
 * @returns {number}
 */
export function runMutants(words) {
  const repository = resolve(".");
  const folder = mkdtempSync(join(tmpdir(), "concordat-run-"));
  try {
    const program = join(folder, "run.mjs");
    buildSync({
      entryPoints: ["packages/cli/test/verify/mutants/run.ts"],
      outfile: program,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      conditions: ["@concordat/source"],
      // It finds its own program beside itself.
      alias: { esbuild: resolve("node_modules/esbuild/lib/main.js") },
      external: [resolve("node_modules/esbuild/lib/main.js")],
      logLevel: "error",
    });
    const args = [program, repository, ...words];
    return spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
