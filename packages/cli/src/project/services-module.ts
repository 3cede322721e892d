/** The services of a project: a module of it, imported, and what `implement` made in it. */
import { isObject } from "@concordat/core/internal";
import type { Service } from "@concordat/server/portable";

import { importSource } from "./load-contract.ts";
import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

/**
 * Every service that the module exports, by itself or in lists.
 *
 * @throws UnusableInput when the module cannot be imported, or exports none.
 */
export async function importedServices(file: string, root: string): Promise<readonly Service[]> {
  const exported: readonly unknown[] = Object.values(await importSource(file, root)).flat();
  const services = [...new Set(exported)].filter(isService);
  if (services.length > 0) return services;
  throw new UnusableInput(
    `${shownPath(file)} exports no service. Export what implement(…) returns, or a list of that, before a server is made of it.`,
    file,
  );
}

/** By its look, not by its class: the module may bring a copy of the server of its own. */
function isService(value: unknown): value is Service {
  if (!isObject(value) || !isObject(value["parts"])) return false;
  const { contract, history, adapters } = value["parts"];
  return typeof contract === "string" && Array.isArray(history) && Array.isArray(adapters);
}
