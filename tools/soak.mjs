/**
 * The long forms of the reliability tests: `npm run soak`, or one by its name with its own options.
 *
 * `npm run soak -- simulation --seeds 2000 --seed 1`. Each prints what it does while it runs, then one line with its
 * figures; it ends with another status than 0 at the first broken promise, and names the seed that repeats it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The rows of docs/reference/reliability.md, each a program in conformance/soak. */
const soaks = [
  "simulation",
  "real-faults",
  "hostile-peers",
  "idle-connections",
  "slow-consumer",
  "accept-storm",
];

const [asked, ...options] = process.argv.slice(2);
const names = asked === undefined || asked.startsWith("-") ? soaks : [asked];
for (const name of names) {
  const entry = fileURLToPath(new URL(`../conformance/soak/${name}.ts`, import.meta.url));
  if (!soaks.includes(name) || !existsSync(entry)) {
    console.error(`There is no soak called ${name}; there are ${soaks.join(", ")}.`);
    process.exit(2);
  }
  const status = await run(entry, options);
  if (status !== 0) process.exit(status);
}

/**
 * Bundles the program from the sources, as the tests read them, and runs it. It starts others of itself.
 *
 * @param {string} entry
 * @param {readonly string[]} args
 */
async function run(entry, args) {
  const folder = mkdtempSync(join(tmpdir(), "concordat-soak-"));
  try {
    const outfile = join(folder, "soak.cjs");
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      conditions: ["@concordat/source"],
      logLevel: "error",
    });
    const command = ["--expose-gc", "--enable-source-maps", outfile, ...args];
    return spawnSync(process.execPath, command, { stdio: "inherit" }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
