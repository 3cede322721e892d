/** What it was measured on and with. */
import { readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/**
 * @typedef {object} Machine
 * @property {string} node
 * @property {string} processor
 * @property {number} cores
 * @property {number} gigabytes
 * @property {Record<string, string>} versions Of the peers.
 */

/** @returns {Machine} */
export function machineHere() {
  const [{ model } = { model: "unknown" }] = cpus();
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const { dependencies } = JSON.parse(manifest);
  return {
    node: process.version,
    processor: model,
    cores: cpus().length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    versions: Object.fromEntries(
      Object.entries(dependencies).filter(([, version]) => /^\d/.test(version)),
    ),
  };
}
