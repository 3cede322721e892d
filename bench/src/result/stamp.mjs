/** When and of what something was measured, so that a row can be told from its neighbour. */
import { execFileSync } from "node:child_process";

const cwd = new URL("../../../", import.meta.url);

/**
 * @typedef {object} Stamp
 * @property {string} date
 * @property {string} commit With a star where something was not committed.
 * @property {number} rounds
 */

/** @returns {Omit<Stamp, "rounds">} */
export function stampNow() {
  const git = (...operands) => execFileSync("git", operands, { cwd, encoding: "utf8" }).trim();
  const isDirty = git("status", "--porcelain", "--", "packages", "bench/src") !== "";
  const commit = `${git("rev-parse", "--short", "HEAD")}${isDirty ? "*" : ""}`;
  return { date: new Date().toISOString().slice(0, 10), commit };
}
