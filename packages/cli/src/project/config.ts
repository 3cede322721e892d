/** A project's settings: `concordat.config.json`, found in the working folder or above it. */
import { access } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import { isObject } from "@concordat/core/internal";

import { type ConfigFile, configFrom } from "./config-file.ts";
import { readJsonFile } from "./json-file.ts";
import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

/** What the file is called. */
export const configName = "concordat.config.json";

/** A project's settings, with its paths made absolute. */
export interface Project extends ConfigFile {
  /** The file that says so. */
  readonly file: string;
  /** The folder that it lies in. */
  readonly root: string;
  /** The folder of the release files. */
  readonly contractsFolder: string;
}

/**
 * The settings of the project that a folder belongs to.
 *
 * @throws UnusableInput when there is no such file, or it says something that nobody understands.
 */
export async function findProject(cwd: string): Promise<Project> {
  const file = await findConfig(cwd);
  if (file !== undefined) return readProject(file);
  throw new UnusableInput(
    `There is no ${configName} in ${shownPath(cwd)} or in a folder above it. Run "concordat init CONTRACT" to make one.`,
  );
}

/** The nearest settings file, from a folder upward; undefined when there is none. */
export async function findConfig(cwd: string): Promise<string | undefined> {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const file = join(folder, configName);
    if (await exists(file)) return file;
    if (dirname(folder) === folder) return undefined;
  }
}

async function readProject(file: string): Promise<Project> {
  const json = await readJsonFile(file);
  if (!isObject(json)) throw new UnusableInput(`${shownPath(file)} is not a JSON object.`, file);
  const settings = configFrom(json, file);
  const root = dirname(file);
  return { ...settings, file, root, contractsFolder: resolve(root, settings.contracts) };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
