/**
 * The promise as a command, for every history in `examples/`: `npm run verify`. What follows `--` goes to
 * `concordat verify`; `--mutants` looks for the seeded defects instead.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import { runMutants } from "./mutants.mjs";

const words = process.argv.slice(2);
if (words.includes("--mutants"))
  process.exit(runMutants(words.filter((word) => word !== "--mutants")));
const command = resolve("packages/cli/bin/concordat.js");
const seen = new Set();
let worst = 0;
for (const name of readdirSync("examples").toSorted()) {
  const folder = resolve("examples", name);
  const file = resolve(folder, "concordat.config.json");
  if (!existsSync(file)) continue;
  const { contracts = "contracts", adapters } = JSON.parse(readFileSync(file, "utf8"));
  const history = realpathSync(resolve(folder, contracts));
  // One example shows the history of another, without the adapters that its owner has.
  if (adapters === undefined || seen.has(history)) continue;
  seen.add(history);
  console.log(`\nexamples/${name}`);
  const { status } = spawnSync(process.execPath, [command, "verify", ...words], {
    cwd: folder,
    stdio: "inherit",
  });
  worst = Math.max(worst, status ?? 1);
}
process.exitCode = worst;
