/** A contract's source: the module that the settings name, imported, and its contract found. */
import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { Draft, ReleaseDocument } from "@concordat/core";
import {
  isObject,
  member,
  messageOf,
  readableJson,
  readRelease,
  workingTree,
} from "@concordat/core/internal";

import { bundledModule } from "./bundle.ts";
import type { Project } from "./config.ts";
import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

const typescript: ReadonlySet<string> = new Set([".ts", ".mts", ".tsx"]);

/**
 * What `concordat release` would freeze now, as a release with the number of a working tree; undefined for a
 * contract that has no source in this project, only releases.
 *
 * @throws UnusableInput when the module cannot be imported, or exports no such contract.
 */
export async function loadContract(
  project: Project,
  contract: string,
): Promise<ReleaseDocument | undefined> {
  const source = project.sources.get(contract);
  if (source === undefined) return undefined;
  const file = resolve(project.root, source);
  const exported = await importSource(file, project.root);
  const drafts = Object.values(exported).map(draftOf).filter(isObject);
  const draft = drafts.find((each) => each["contract"] === contract);
  if (draft !== undefined) return checked(draft, file);

  const found = drafts.map((each) => String(each["contract"])).join(", ");
  const instead = found === "" ? "It exports no contract" : `It exports ${found}`;
  throw new UnusableInput(
    `${shownPath(file)} does not export the contract ${contract}. ${instead}; export what defineContract("${contract}", …) returns.`,
    file,
  );
}

/**
 * What a module of the project exports: TypeScript through esbuild, JavaScript as it is.
 *
 * @throws UnusableInput when it is not there, or cannot be imported.
 */
export async function importSource(file: string, root: string): Promise<object> {
  if (!existsSync(file)) {
    throw new UnusableInput(
      `There is no ${shownPath(file)}. Write it, or correct the path that names it.`,
      file,
    );
  }
  const url = typescript.has(extname(file))
    ? await bundledModule(file, root)
    : pathToFileURL(file).href;
  try {
    const exported: unknown = await import(url);
    return isObject(exported) ? exported : {};
  } catch (error) {
    throw new UnusableInput(`${shownPath(file)} cannot be imported: ${messageOf(error)}`, file);
  }
}

/** By its look, not by its class: the source may bring a copy of the core of its own. */
function draftOf(exported: unknown): unknown {
  const draft = isObject(exported) ? member(exported, "draft") : undefined;
  return isObject(draft) && typeof draft["concordat"] === "string" ? draft : undefined;
}

function checked(draft: object, file: string): ReleaseDocument {
  // Through its text: what JSON loses must be lost before anything is compared.
  const plain: unknown = JSON.parse(
    readableJson({ ...draft, release: workingTree, previous: null }),
  );
  return readRelease(plain, `The contract in ${shownPath(file)}`);
}

/** A working tree without the number that stands for one. */
export function draftOfTree(tree: ReleaseDocument): Draft {
  const { release: _release, previous: _previous, ...draft } = tree;
  return draft;
}
