/** A program as a page would load it. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { connectService } from "./connect-service.mjs";

/** The packages' files that are named one by one; the rest of a bundle is a sum. */
const namedParts = 12;

/** @param {string} name Of an entry. */
export async function bundled(name) {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`${name}.mjs`, import.meta.url))],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: "bundle",
    format: "esm",
    platform: "browser",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [connectService],
    logLevel: "error",
  });
  const [{ contents }] = outputFiles;
  const [output] = Object.values(metafile.outputs);
  return {
    bytes: contents.length,
    zipped: gzipSync(contents, { level: 9 }).length,
    parts: partsOf(output),
  };
}

/** @returns {[file: string, bytes: number][]} Minified bytes by source file, the largest first. */
function partsOf({ inputs, bytes }) {
  const all = Object.entries(inputs)
    .map(([file, { bytesInOutput }]) => [shortName(file), bytesInOutput])
    .toSorted(([, one], [, other]) => other - one);
  const named = all.slice(0, namedParts);
  const rest = bytes - named.reduce((sum, [, size]) => sum + size, 0);
  return [...named, [`${all.length - named.length} other files`, rest]];
}

function shortName(file) {
  return file.replace(/^.*(node_modules|packages|generated)\//, "").replace("/dist/", "/");
}
