/** Looks for one defect, as a process of its own: one that hangs or falls over is found too. */
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { deskHistory } from "../desk-history.ts";
import { bundleProgram } from "./mutated-program.ts";
import type { Mutant } from "./mutants.ts";

/** What verifying came to. */
export interface Hunt {
  /** Calls that were made; 0 where it did not come to its end. */
  readonly runs: number;
  /** What was found, each as a law and a sentence. */
  readonly findings: readonly string[];
}

/** Where hunts happen. */
export interface Ground {
  readonly repository: string;
  /** A folder to write to. */
  readonly folder: string;
}

/** How long one may take, on a machine that has something else to do. */
const patienceMs = 240_000;

/** Writes the history that all of them verify, as nobody has changed it. */
export async function prepare({ folder }: Ground): Promise<void> {
  await writeFile(join(folder, "history.json"), JSON.stringify(deskHistory()));
}

/** Verifies the desk with a defect, or without one. */
export async function hunt(
  { repository, folder }: Ground,
  mutant: Mutant | undefined,
  values: number,
): Promise<Hunt> {
  const name = mutant === undefined ? "clean" : mutant.name.replace(/\W+/g, "-");
  const program = join(folder, `${name}.mjs`);
  const entry = "packages/cli/test/verify/mutants/trial.ts";
  await bundleProgram(repository, entry, program, mutant);
  const args = [program, join(folder, "history.json"), String(values)];
  const options = { timeout: patienceMs, maxBuffer: 1e8 };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve(error === null ? huntOf(stdout) : { runs: 0, findings: [whyNot(error, stderr)] }),
    );
  });
}

function huntOf(stdout: string): Hunt {
  // The trial's own words.
  const { runs, findings } = JSON.parse(stdout) as {
    readonly runs: number;
    readonly findings: readonly { readonly law: string; readonly message: string }[];
  };
  return { runs, findings: findings.map(({ law, message }) => `${law}: ${message}`) };
}

/** A server that does not start, or a run that does not end, is a finding in one line. */
function whyNot(error: Error, stderr: string): string {
  const line = /^\w*Error: .*$/m.exec(stderr)?.[0] ?? error.message.split("\n")[0] ?? "";
  return `no run: ${line}`;
}
