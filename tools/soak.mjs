/**
 * The long forms of the reliability tests: `npm run soak`, or one by its name.
 *
 * `npm run soak -- simulation --seeds 2000 --seed 1`: clients and a server on simulated networks.
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});

/** @type {ReadonlyMap<string, () => number>} */
const soaks = new Map([
  [
    "simulation",
    () =>
      run(["vitest", "run", "--project", "node", "packages/server/test/simulation"], {
        SEEDS: values.seeds,
        SEED: values.seed,
      }),
  ],
]);

for (const name of positionals.length > 0 ? positionals : soaks.keys()) {
  const soak = soaks.get(name);
  if (soak === undefined) {
    console.error(`There is no soak called ${name}; there are ${[...soaks.keys()].join(", ")}.`);
    process.exit(2);
  }
  console.log(`soak: ${name}, seed ${values.seed}`);
  const status = soak();
  if (status !== 0) process.exit(status);
}

/**
 * @param {readonly string[]} command
 * @param {Readonly<Record<string, string>>} env
 */
function run([command = "", ...operands], env) {
  return (
    spawnSync(command, operands, { stdio: "inherit", env: { ...process.env, ...env } }).status ?? 1
  );
}
