/** A project of the command: release files, settings, and the stubs that `concordat generate` makes of them. */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineContract } from "@concordat/core";
import { readableJson } from "@concordat/core/internal";

const command = fileURLToPath(new URL("../../../packages/cli/bin/concordat.js", import.meta.url));

/** Projects lie here, each in a folder of its own, inside the reach of the installed packages. */
export const projects = new URL("../../generated/", import.meta.url);

/**
 * Makes a project anew.
 *
 * @param {string} name Of its folder.
 * @param {Record<string, object[]>} contracts For each contract the procedures of each release, oldest first.
 * @param {object[]} stubs What `generate` in the settings says.
 */
export function writeProject(name, contracts, stubs) {
  const folder = new URL(`${name}/`, projects);
  rmSync(folder, { recursive: true, force: true });
  for (const [contract, trees] of Object.entries(contracts)) {
    const releases = new URL(`contracts/${contract}/`, folder);
    mkdirSync(releases, { recursive: true });
    let previous = null;
    for (const [index, tree] of trees.entries()) {
      const { draft } = defineContract(contract, tree);
      const release = `1.${index}.0`;
      const file = new URL(`${release}.json`, releases);
      writeFileSync(file, readableJson({ ...draft, release, previous }));
      previous = draft.fingerprint;
    }
  }
  const settings = JSON.stringify({ contracts: "contracts", generate: stubs });
  writeFileSync(new URL("concordat.config.json", folder), settings);
  const output = { cwd: folder, stdio: ["ignore", "ignore", "inherit"] };
  execFileSync(process.execPath, [command, "generate"], output);
  return folder;
}
