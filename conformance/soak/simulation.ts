/**
 * Clients and a server on simulated networks: `npm run soak -- simulation --seeds 10000 --seed 1`.
 *
 * The simulation itself is a test of `@concordat/server`, which runs 500 seeds of it each time; here it runs many more,
 * and cuts a connection at each of its bytes.
 */
import { spawnSync } from "node:child_process";

import { numbersFrom } from "./part/options.ts";
import { say } from "./part/telling.ts";

const { seeds, seed } = numbersFrom({ seeds: 10_000 });
const command = ["run", "--project", "node", "packages/server/test/simulation"];
const env = { ...process.env, SEEDS: String(seeds), SEED: String(seed) };
say(`  ${seeds} seeds from ${seed}`);
process.exitCode =
  spawnSync("node_modules/.bin/vitest", command, { stdio: "inherit", env }).status ?? 1;
