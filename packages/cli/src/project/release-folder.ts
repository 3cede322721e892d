/** Releases on disk: one file each, written once, then only read. */
import { link, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { ContractError, type ReleaseDocument } from "@concordat/core";
import {
  compareReleaseNumbers,
  isContractName,
  isReleaseNumber,
  readableJson,
  readRelease,
} from "@concordat/core/internal";

import { chainProblem, forkProblem } from "./chain.ts";
import { readJsonFile, whyUnreadable } from "./json-file.ts";
import { SharedParts } from "./shared-parts.ts";
import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";
import { unwritten } from "./unwritten.ts";

const restore = "Restore the folder from version control";

/**
 * All releases of a contract, oldest first; none when its folder does not exist.
 *
 * @throws UnusableInput when one was edited, is missing, or is not a release.
 */
export async function readHistory(
  contractsFolder: string,
  contract: string,
): Promise<readonly ReleaseDocument[]> {
  const folder = join(contractsFolder, contract);
  const releases: ReleaseDocument[] = [];
  const parts = new SharedParts();
  for (const number of await numbersIn(folder)) {
    releases.push(parts.of(await readOf(folder, contract, number)));
  }
  const fork = forkProblem(releases);
  if (fork !== undefined) throw new UnusableInput(`${shownPath(folder)}: ${fork}.`, folder);
  const problem = chainProblem(releases);
  if (problem === undefined) return releases;
  throw new UnusableInput(`${shownPath(folder)}: ${problem}. ${restore}.`, folder);
}

/** The contracts that have a folder of releases. */
export async function releasedContracts(contractsFolder: string): Promise<readonly string[]> {
  const entries = await readdir(contractsFolder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && isContractName(entry.name))
    .map((entry) => entry.name)
    .toSorted();
}

/**
 * A release from any file.
 *
 * @throws UnusableInput when it is none, or was edited after it was frozen.
 */
export async function readReleaseFile(file: string): Promise<ReleaseDocument> {
  const json = await readJsonFile(file);
  try {
    return readRelease(json, shownPath(file));
  } catch (error) {
    if (error instanceof ContractError) throw new UnusableInput(error.message, file);
    throw error;
  }
}

/** Where a release lies. */
export function releaseFile(contractsFolder: string, release: ReleaseDocument): string {
  return join(contractsFolder, release.contract, `${release.release}.json`);
}

/**
 * Writes a release, whole or not at all, and never over another one.
 *
 * @throws UnusableInput when the file is already there or cannot be written.
 */
export async function writeRelease(
  contractsFolder: string,
  release: ReleaseDocument,
): Promise<string> {
  const file = releaseFile(contractsFolder, release);
  try {
    await mkdir(dirname(file), { recursive: true });
    const desk = await mkdtemp(join(dirname(file), ".release-"));
    try {
      const whole = join(desk, "whole.json");
      await writeFile(whole, readableJson(release));
      // Unlike a rename, a link never replaces: of two people who release at once, one is told.
      await link(whole, file);
    } finally {
      await rm(desk, { recursive: true });
    }
  } catch (error) {
    const exists = error instanceof Error && "code" in error && error.code === "EEXIST";
    if (!exists) throw unwritten(file, error);
    const message = `${shownPath(file)} was not written: it exists already, and a release is never written twice.`;
    throw new UnusableInput(message, file);
  }
  return file;
}

async function numbersIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw new UnusableInput(`${shownPath(folder)} ${whyUnreadable(error)}.`, folder);
  });
  const numbers = names
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length));
  const stranger = numbers.find((number) => !isReleaseNumber(number));
  if (stranger === undefined) return numbers.toSorted(compareReleaseNumbers);
  const message = `${shownPath(folder)}/${stranger}.json is not named after a release (1.2.0.json). Only releases lie in that folder: move it elsewhere.`;
  throw new UnusableInput(message, folder);
}

async function readOf(folder: string, contract: string, number: string): Promise<ReleaseDocument> {
  const file = join(folder, `${number}.json`);
  const release = await readReleaseFile(file);
  if (release.contract === contract && release.release === number) return release;
  const message = `${shownPath(file)} holds ${release.contract} ${release.release}: the file was renamed or copied. ${restore}.`;
  throw new UnusableInput(message, file);
}
