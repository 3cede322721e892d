/** The adapters that somebody wrote for a contract: the module that the settings name, imported. */
import { resolve } from "node:path";

import { isObject } from "@concordat/core/internal";
import type { Adapter } from "@concordat/server/portable";

import type { Project } from "./config.ts";
import { importSource } from "./load-contract.ts";
import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

/**
 * Every adapter that the module exports, by itself or in lists; undefined where the settings name no module.
 *
 * @throws UnusableInput when the module cannot be imported, or exports none.
 */
export async function writtenAdapters(
  project: Project,
  contract: string,
): Promise<readonly Adapter[] | undefined> {
  const source = project.adapters.get(contract);
  if (source === undefined) return undefined;
  const file = resolve(project.root, source);
  const exported: readonly unknown[] = Object.values(await importSource(file, project.root)).flat();
  const adapters = [...new Set(exported)].filter(isAdapter);
  if (adapters.length > 0) return adapters;
  throw new UnusableInput(
    `${shownPath(file)} exports no adapter. Export what defineAdapter(…) returns, or a list of that.`,
    file,
  );
}

/** By its look, not by its class: what stands in it is looked at by whoever uses it. */
function isAdapter(value: unknown): value is Adapter {
  return (
    isObject(value) &&
    typeof value["from"] === "string" &&
    typeof value["to"] === "string" &&
    isObject(value["procedures"])
  );
}
