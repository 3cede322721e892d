/** A release as it is named on a command line. */
import { stat } from "node:fs/promises";
import { resolve } from "node:path";

import type { ReleaseDocument } from "@concordat/core";
import { isContractName, isReleaseNumber } from "@concordat/core/internal";

import { findProject } from "./config.ts";
import { contractsOf } from "./contract-names.ts";
import { loadContract } from "./load-contract.ts";
import { readHistory, readReleaseFile } from "./release-folder.ts";
import { UnusableInput } from "./unusable-input.ts";

/** A release and what to call it in a report. */
export interface NamedRelease {
  readonly name: string;
  readonly document: ReleaseDocument;
}

/**
 * The release behind a name: a file, `orders@1.2.0`, or `orders` for what the source says now.
 *
 * @throws UnusableInput when it is none of these.
 */
export async function namedRelease(name: string, cwd: string): Promise<NamedRelease> {
  const file = resolve(cwd, name);
  const [contract = "", ...rest] = name.split("@");
  const number = rest.length === 0 ? undefined : rest.join("@");
  const isFile = await stat(file).then(
    (stats) => stats.isFile(),
    () => false,
  );
  if (!isFile && number !== undefined && isReleaseNumber(number) && !isContractName(contract)) {
    throw new UnusableInput(
      `${name} is no file and no release: names of contracts are lower-case letters, digits and "-".`,
    );
  }
  if (isFile || !isContractName(contract)) {
    const document = await readReleaseFile(file);
    return { name: document.release, document };
  }
  const project = await findProject(cwd);
  await contractsOf(project, contract);
  if (number === undefined) {
    const tree = await loadContract(project, contract);
    if (tree !== undefined) return { name: "working tree", document: tree };
  }
  const history = await readHistory(project.contractsFolder, contract);
  const known = history.map(({ release }) => release).join(", ") || "none";
  if (number === undefined)
    throw new UnusableInput(
      `${contract} has no source, so name a release as ${contract}@RELEASE. Its releases: ${known}.`,
    );
  const document = history.find(({ release }) => release === number);
  if (document !== undefined) return { name: number, document };
  throw new UnusableInput(`${contract} has no release ${number}. Its releases: ${known}.`);
}
