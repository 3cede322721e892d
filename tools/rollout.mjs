/** The rolling deploy of `conformance/rollout`, bundled from the sources: `npm run rollout`. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

const folder = mkdtempSync(join(tmpdir(), "concordat-rollout-"));
try {
  buildSync({
    entryPoints: ["run", "server", "client"].map((name) => `conformance/rollout/${name}.ts`),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@concordat/source"],
    // A bundled CommonJS package may still ask for Node's own modules by require.
    banner: {
      js: `import { createRequire as $createRequire } from "node:module"; const require = $createRequire(import.meta.url);`,
    },
    logLevel: "error",
  });
  const { status } = spawnSync(process.execPath, [join(folder, "run.mjs")], { stdio: "inherit" });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
