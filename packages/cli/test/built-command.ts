/** The command as one file, built from the sources, so that a test never runs yesterday's build. */
import { rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build, type BuildOptions } from "esbuild";

const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** Where a project in a temporary folder finds what it would have installed. */
export interface Installed {
  /** The file that `concordat` starts. */
  readonly main: string;
  /** A `node_modules` with the core, the server, TypeBox, ws and esbuild. */
  readonly modules: string;
}

const options = {
  absWorkingDir: repository,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["@concordat/source"],
  external: ["typebox", "ws"],
  logLevel: "error",
} satisfies BuildOptions;

let installed: Promise<Installed> | undefined;

/** Builds once for each test file. */
export function installedCommand(): Promise<Installed> {
  installed ??= install();
  return installed;
}

async function install(): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), "concordat-installed-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const modules = join(folder, "node_modules");
  const cli = join(modules, "@concordat/cli");
  await mkdir(join(cli, "dist"), { recursive: true });
  for (const name of ["package.json", "bin"]) {
    await cp(join(repository, "packages/cli", name), join(cli, name), { recursive: true });
  }
  await symlink(join(repository, "packages/core/node_modules/typebox"), join(modules, "typebox"));
  await symlink(join(repository, "packages/cli/node_modules/ws"), join(modules, "ws"));
  await symlink(join(repository, "node_modules/esbuild"), join(modules, "esbuild"));
  await bundle("packages/cli/src/main.ts", join(cli, "dist/main.js"));
  await library("core", modules, ["index"]);
  // With a core of its own, as where two copies of one are installed.
  await library("server", modules, ["index", "stub/1"]);
  return { main: join(cli, "bin/concordat.js"), modules };
}

async function bundle(entry: string, outfile: string): Promise<void> {
  await build({ ...options, entryPoints: [entry], outfile });
}

/** A package with these modules, which share what they have in common. */
async function library(name: string, modules: string, entries: readonly string[]): Promise<void> {
  const outdir = join(modules, "@concordat", name);
  const source = `packages/${name}/src`;
  const entryPoints = entries.map((entry) => `${source}/${entry}.ts`);
  await build({ ...options, entryPoints, outdir, outbase: source, splitting: true });
  const exports = entries.map((entry): [string, string] => [
    entry === "index" ? "." : `./${entry}`,
    `./${entry}.js`,
  ]);
  await writeFile(
    join(outdir, "package.json"),
    JSON.stringify({
      name: `@concordat/${name}`,
      type: "module",
      exports: Object.fromEntries(exports),
    }),
  );
}
