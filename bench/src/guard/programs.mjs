/** The guard's two programs, bundled of what was built and of the workspace's own dependencies. */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** @returns {Promise<{ folder: string, server: string, client: string }>} The folder is the caller's to remove. */
export async function guardPrograms() {
  const command = join(root, "packages", "cli", "bin", "concordat.js");
  const cwd = join(root, "bench");
  execFileSync(process.execPath, [command, "generate"], { cwd, stdio: ["ignore", "ignore", 2] });
  const folder = mkdtempSync(join(tmpdir(), "concordat-guard-"));
  const entry = (name) => fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
  await build({
    entryPoints: [entry("server"), entry("client")],
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    // The workspace has them, each package for itself.
    nodePaths: [join(root, "docs", "node_modules"), join(root, "packages", "core", "node_modules")],
    external: ["bufferutil", "utf-8-validate"],
    logLevel: "error",
  });
  return { folder, server: join(folder, "server.cjs"), client: join(folder, "client.cjs") };
}
