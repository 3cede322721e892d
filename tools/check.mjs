/** Everything that proves a change is clean, short of the tests: `npm run check`. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

const packages = readdirSync("packages").map((name) => `packages/${name}`);

const steps = [
  ["tsc", "-b"],
  ["tsc", "-p", "tsconfig.test.json"],
  ["tsc", "-p", "tsconfig.tools.json"],
  ["oxlint", "--deny-warnings"],
  ["oxfmt", "--check", "."],
  ["knip"],
  ["node", "tools/docs-tables.mjs", "--check"],
  // Without a named packer publint asks for pnpm, which is not on the path.
  ...packages.map((folder) => ["publint", folder, "--strict", "--pack", "npm"]),
  ["node", "tools/packed.mjs"],
];

const failed = steps.filter(([command = "", ...args]) => {
  console.log(`\n> ${[command, ...args].join(" ")}`);
  return spawnSync(command, args, { stdio: "inherit" }).status !== 0;
});

// All steps run, so that one look shows all there is to mend.
for (const step of failed) console.error(`failed: ${step.join(" ")}`);
process.exitCode = failed.length > 0 ? 1 : 0;
