/** Programs with a defect in them: bundled from the sources, with one place changed on the way. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { build, type Plugin } from "esbuild";

import type { Mutant } from "./mutants.ts";

/**
 * Bundles a program of this repository.
 *
 * @param mutant The defect. Default: none.
 * @throws Error when the place of the defect is not in its file exactly once.
 */
export async function bundleProgram(
  repository: string,
  entry: string,
  outfile: string,
  mutant?: Mutant,
): Promise<void> {
  await build({
    absWorkingDir: repository,
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["@concordat/source"],
    banner: { js: banner },
    logLevel: "error",
    plugins: mutant === undefined ? [] : [changing(repository, mutant)],
  });
}

// A bundled CommonJS package may still ask for Node's own modules by require.
const banner = `import { createRequire as $createRequire } from "node:module"; const require = $createRequire(import.meta.url);`;

function changing(repository: string, { name, file, from, to }: Mutant): Plugin {
  const path = join(repository, "packages", file);
  return {
    name: "mutant",
    setup(bundle) {
      bundle.onLoad({ filter: /\.ts$/ }, async (loaded) => {
        if (loaded.path !== path) return undefined;
        const text = await readFile(path, "utf8");
        if (text.split(from).length !== 2)
          throw new Error(`The place of "${name}" is not in ${file} exactly once: ${from}`);
        return { contents: text.replace(from, () => to), loader: "ts" };
      });
    },
  };
}
