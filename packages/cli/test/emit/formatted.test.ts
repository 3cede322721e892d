/** Generated code is formatted already: a formatter that runs over it changes nothing. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { packageOf, sourcesOf } from "./emitted.ts";
import { ordinary } from "./fixture.ts";

const oxfmt = fileURLToPath(new URL("../../../../node_modules/oxfmt/bin/oxfmt", import.meta.url));

function outcomeOf(folder: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [oxfmt, "--list-different", "."],
      { cwd: folder },
      (error, stdout, stderr) => resolve(stdout + stderr + (error === null ? "" : "failed")),
    );
  });
}

test("a formatter leaves sources and packages as they are", { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "concordat-format-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, ".oxfmtrc.json"), '{ "printWidth": 100 }\n');
  const stubs = { sources: sourcesOf(ordinary), package: packageOf(ordinary) };
  for (const [name, files] of Object.entries(stubs)) {
    for (const [path, text] of files) {
      const file = join(folder, name, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }

  expect(await outcomeOf(folder)).toBe("");
});
