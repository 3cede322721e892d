/** Generated code in other people's compilers and settings. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReleaseDocument } from "@concordat/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CompileProject, type Compiler, compilers, settingsFolder } from "./compile-project.ts";
import { packageOf, sourcesOf } from "./emitted.ts";
import { hostile, homonyms, ordinary } from "./fixture.ts";

const settings = ["bundler.json", "plain.json", "strictest.json"];
let project: CompileProject;

async function writeSources(folder: string, history: readonly ReleaseDocument[]): Promise<void> {
  for (const [path, text] of sourcesOf(history)) await project.write(`${folder}/${path}`, text);
}

/** Declarations once more under the name of sources: what lies in a package, compilers believe without looking. */
async function writePackage(folder: string, history: readonly ReleaseDocument[]): Promise<void> {
  for (const [path, text] of packageOf(history)) {
    await project.write(`node_modules/@acme/${folder}/${path}`, text);
    if (path.endsWith(".d.ts"))
      await project.write(`declared/${folder}/${path.replace(".d.ts", ".ts")}`, text);
  }
}

beforeAll(async () => {
  project = await CompileProject.create();
  for (const name of await readdir(settingsFolder)) {
    await project.write(name, await readFile(join(settingsFolder, name), "utf8"));
  }
  await writePackage("orders-contract", ordinary);
  await writePackage("class-contract", hostile);
  await writeSources("orders", ordinary);
  await writeSources("class", hostile);
  for (const homonym of homonyms) await writeSources(homonym.contract, [homonym]);
}, 120_000);

afterAll(() => project.remove());

test("all settings are compiled with", async () => {
  const files = await readdir(settingsFolder);

  expect(files.filter((name) => name.endsWith(".json")).toSorted()).toEqual(settings);
});

const versions = Object.keys(compilers) as Compiler[]; // the table's own keys

test.each(versions.flatMap((version) => settings.map((name) => [version, name] as const)))(
  "with TypeScript %s and %s, stubs compile, and mistakes in using them do not",
  async (version, name) => {
    expect(await project.compile(version, name)).toBe("");
  },
  120_000,
);
