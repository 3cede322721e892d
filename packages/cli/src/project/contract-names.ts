/** Which contracts a command is about. */
import { isContractName } from "@concordat/core/internal";

import type { Project } from "./config.ts";
import { releasedContracts } from "./release-folder.ts";
import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

/**
 * The contract that was asked for, or all that the project knows: those with a source, with releases, or with
 * stubs to generate.
 *
 * @throws UnusableInput for a name that the project does not know, and when it knows none at all.
 */
export async function contractsOf(
  project: Project,
  asked: string | undefined,
): Promise<readonly string[]> {
  const known = new Set([
    ...project.sources.keys(),
    ...(await releasedContracts(project.contractsFolder)),
    ...project.generate.map(({ contract }) => contract),
  ]);
  const names = [...known].toSorted();
  for (const [member, entries] of [
    ["floor", project.floor],
    ["adapters", project.adapters],
  ] as const) {
    const stranger = [...entries.keys()].find((name) => !known.has(name));
    if (stranger !== undefined) throw unused(member, stranger, names, project);
  }
  if (asked !== undefined) {
    if (known.has(asked)) return [asked];
    throw unknown(asked, names, project);
  }
  if (names.length > 0) return names;
  throw new UnusableInput(
    `${shownPath(project.file)} names no contract, and ${shownPath(project.contractsFolder)} has none. Add one under "sources": {"orders": "./src/contract.ts"}.`,
    project.file,
  );
}

/** A misspelt contract must not go unnoticed: its floor would be that of nobody. */
function unused(
  member: string,
  name: string,
  names: readonly string[],
  project: Project,
): UnusableInput {
  const known = names.length === 0 ? "none" : names.join(", ");
  return new UnusableInput(
    `${shownPath(project.file)}: "${member}" speaks of ${name}, and there is no such contract. Known: ${known}.`,
    project.file,
  );
}

function unknown(asked: string, names: readonly string[], project: Project): UnusableInput {
  const grammar = isContractName(asked) ? "" : ' Names are lower-case letters, digits and "-".';
  const known = names.length === 0 ? "none" : names.join(", ");
  return new UnusableInput(
    `There is no contract ${JSON.stringify(asked)} in ${shownPath(project.file)}.${grammar} Known: ${known}.`,
    project.file,
  );
}
