/** Runs one lint rule of ours over files that exist only for a test. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A file for the linter to read. */
export interface LintedFile {
  readonly path: string;
  readonly code: string;
}

const repository = fileURLToPath(new URL("../..", import.meta.url));

/**
 * What the rule says about each file, by path.
 *
 * It starts oxlint itself, once: its own rule tester wants a newer Node than we promise to run on.
 */
export async function lintFiles(
  rule: string,
  files: readonly LintedFile[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = await mkdtemp(join(tmpdir(), "concordat-lint-"));
  try {
    const config = {
      categories: { correctness: "off" },
      jsPlugins: [join(repository, "tools/lint/plugin.mjs")],
      rules: { [`concordat/${rule}`]: "error" },
    };
    await writeFile(join(folder, ".oxlintrc.json"), JSON.stringify(config));
    for (const { path, code } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      // "wx": two cases with one path would hide each other.
      await writeFile(join(folder, path), code, { flag: "wx" });
    }
    const messages = new Map<string, string[]>(files.map(({ path }) => [path, []]));
    for (const { filename, message } of await runOxlint(folder)) {
      messages.get(filename)?.push(message);
    }
    return messages;
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Diagnostic {
  readonly filename: string;
  readonly message: string;
}

function runOxlint(cwd: string): Promise<readonly Diagnostic[]> {
  const oxlint = join(repository, "node_modules/oxlint/bin/oxlint");
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [oxlint, "--format=json"], { cwd }, (_, stdout, stderr) => {
      // It exits 1 when it has something to say, so only its output tells a finding from a crash.
      try {
        const report: { readonly diagnostics: readonly Diagnostic[] } = JSON.parse(stdout);
        resolve(report.diagnostics);
      } catch {
        reject(new Error(`oxlint did not report: ${stdout}${stderr}`));
      }
    });
  });
}
