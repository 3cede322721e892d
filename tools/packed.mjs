/**
 * Uses the packages as a stranger would: packed, installed by npm into an empty project, and run.
 *
 * Runs the README's twenty lines, and the command, from the tarballs alone. Usage: node tools/packed.mjs
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const pinned = JSON.parse(readFileSync(join(root, "examples/quickstart/package.json"), "utf8"));
const project = mkdtempSync(join(tmpdir(), "concordat-packed-"));

try {
  for (const name of readdirSync(join(root, "packages"))) {
    run(
      "npx",
      ["-y", packageManager, "pack", "--pack-destination", project],
      join(root, "packages", name),
    );
  }
  const tarballs = readdirSync(project).filter((file) => file.endsWith(".tgz"));
  const { typebox, ws } = pinned.dependencies;
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }\n');
  run("npm", [
    "install",
    "--no-audit",
    "--no-fund",
    ...tarballs.map((file) => `./${file}`),
    `typebox@${typebox}`,
    `ws@${ws}`,
  ]);

  const source = readFileSync(join(root, "examples/quickstart/src/twenty-lines.ts"), "utf8");
  writeFileSync(join(project, "index.js"), transformSync(source, { loader: "ts" }).code);
  expect(run("node", ["index.js"]), "Hello, Ada!");
  expect(run("npx", ["concordat", "--help"]), "concordat: freeze a contract into releases");
  console.log(`packed: ${tarballs.length} packages installed and used in an empty project`);
} finally {
  rmSync(project, { recursive: true, force: true });
}

/**
 * @param {string} command
 * @param {readonly string[]} operands
 * @param {string} [cwd]
 */
function run(command, operands, cwd = project) {
  return execFileSync(command, operands, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/**
 * @param {string} output
 * @param {string} start
 */
function expect(output, start) {
  if (!output.startsWith(start))
    throw new Error(`Expected ${JSON.stringify(start)}, got:\n${output}`);
}
