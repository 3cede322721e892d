/** The TypeScript that this repository pins, timed. */
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { join, dirname } from "node:path";

const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
const compiler = join(dirname(manifest), "bin", "tsc");

const flags =
  "--ignoreConfig --noEmit --strict --pretty false --target es2024 --module nodenext".split(" ");

/**
 * @param {import("./programs.mjs").Program} program
 * @returns {number} Seconds, from the start of the process to its end.
 */
export function secondsToCheck({ file, isFull }) {
  const operands = [compiler, ...flags, ...(isFull ? [] : ["--skipLibCheck"]), file];
  const start = performance.now();
  execFileSync(process.execPath, operands, { stdio: ["ignore", "inherit", "inherit"] });
  return (performance.now() - start) / 1_000;
}
