/** The scripts of the pages, bundled for a browser. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL("..", import.meta.url));

/** Bundles a page's script. Nothing in it needs `eval`, so the page may forbid that. */
export async function bundle(page: "current" | "old" | "cached"): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${here}/src/${page}.ts`],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2023",
  });
  return outputFiles[0]?.text ?? "";
}
