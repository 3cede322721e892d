/** A TypeScript source as a module that Node can import, made by the project's own esbuild. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { isObject, messageOf } from "@concordat/core/internal";

import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

/** The part of esbuild that is used here. */
type Build = (options: object) => Promise<{ readonly outputFiles: readonly { text: string }[] }>;

// A bundled CommonJS package may still ask for Node's own modules by require.
const banner = `import { createRequire as $createRequire } from "node:module"; const require = $createRequire(import.meta.dirname ?? process.cwd() + "/");`;

/**
 * The address of a module that holds a TypeScript file and everything that it imports. Nothing is written to disk.
 *
 * @param root The project's folder: esbuild is looked up from there, because this package does not bring one.
 * @throws UnusableInput when there is no esbuild, or the source does not compile.
 */
export async function bundledModule(file: string, root: string): Promise<string> {
  const build = await esbuildOf(root, file);
  const text = await bundle(build, file, root);
  return `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
}

async function bundle(build: Build, file: string, root: string): Promise<string> {
  try {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: [file],
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      target: "node20",
      logLevel: "silent",
      banner: { js: banner },
    });
    return outputFiles[0]?.text ?? "";
  } catch (error) {
    throw new UnusableInput(`${shownPath(file)} does not compile: ${messageOf(error)}`, file);
  }
}

async function esbuildOf(root: string, file: string): Promise<Build> {
  const module = await importEsbuild(root);
  const build = isObject(module) ? (module["build"] ?? memberOfDefault(module)) : undefined;
  if (typeof build === "function") return build as Build; // esbuild's documented face
  throw new UnusableInput(
    `${shownPath(file)} is TypeScript, and this project has no esbuild to read it with. Install it (npm install --save-dev esbuild), or name the built .js file in concordat.config.json.`,
    file,
  );
}

function memberOfDefault(module: Readonly<Record<string, unknown>>): unknown {
  const whole = module["default"];
  return isObject(whole) ? whole["build"] : undefined;
}

async function importEsbuild(root: string): Promise<unknown> {
  try {
    const path = createRequire(join(root, "package.json")).resolve("esbuild");
    return await import(pathToFileURL(path).href);
  } catch {
    return undefined;
  }
}
