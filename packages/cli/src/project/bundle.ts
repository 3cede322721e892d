/** A TypeScript source as a module that Node can import, made by the project's own esbuild. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { isObject, messageOf } from "@concordat/core/internal";

import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

/** The part of esbuild that is used here. */
type Build = (options: object) => Promise<{
  readonly outputFiles: readonly { readonly text: string }[];
  /** The files that went in, relative to the project. */
  readonly metafile: { readonly inputs: object };
}>;

// A bundled CommonJS package may still ask for Node's own modules by require.
const banner = `import { createRequire as $createRequire } from "node:module"; const require = $createRequire(import.meta.dirname ?? process.cwd() + "/");`;

// What a drafted adapter lacks is inside of this, which nobody declares. Renamed, it is no function of a project's own.
const hole = "$unfinishedDraft";

/**
 * The address of a module that holds a TypeScript file and everything that it imports. Nothing is written to disk.
 *
 * @param root The project's folder: esbuild is looked up from there, because this package does not bring one.
 * @throws UnusableInput when there is no esbuild, the source does not compile, or what was drafted is not finished.
 */
export async function bundledModule(file: string, root: string): Promise<string> {
  const build = await esbuildOf(root, file);
  const text = await bundle(build, file, root);
  return `data:text/javascript;base64,${Buffer.from(text).toString("base64")}`;
}

async function bundle(build: Build, file: string, root: string): Promise<string> {
  const { outputFiles, metafile } = await built(build, file, root);
  const text = outputFiles[0]?.text ?? "";
  if (text.includes(hole)) throw await unfinished(Object.keys(metafile.inputs), file, root);
  return text;
}

async function built(build: Build, file: string, root: string): ReturnType<Build> {
  try {
    return await build({
      absWorkingDir: root,
      entryPoints: [file],
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      target: "node20",
      logLevel: "silent",
      banner: { js: banner },
      define: { fillIn: hole },
      metafile: true,
    });
  } catch (error) {
    throw new UnusableInput(`${shownPath(file)} does not compile: ${messageOf(error)}`, file);
  }
}

/** Names the drafts: the module that was asked for may only pass them on. */
async function unfinished(
  inputs: readonly string[],
  file: string,
  root: string,
): Promise<UnusableInput> {
  const drafts: string[] = [];
  for (const input of inputs.filter((each) => !each.includes("node_modules/"))) {
    const path = join(root, input);
    const text = await readFile(path, "utf8").catch(() => "");
    if (/\bfillIn\s*\(/.test(text)) drafts.push(path);
  }
  const [first = file] = drafts;
  const are =
    drafts.length > 1
      ? "are unfinished drafts of adapters"
      : "is the unfinished draft of an adapter";
  const names = drafts.length > 1 ? drafts.map(shownPath).join(", ") : shownPath(first);
  return new UnusableInput(
    `${names} ${are}: write what stands inside fillIn(…), and leave fillIn away.`,
    first,
  );
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
