/** Seeds every defect, verifies, and prints what was found: `npm run verify -- --mutants`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { hunt, prepare } from "./hunt.ts";
import { mutants } from "./mutants.ts";

/** Messages for each procedure of each release while a defect is looked for. */
const values = 8;

/** As many that a history without a defect is verified with ten thousand messages and more. */
const valuesWithout = 130;

const [, , repository = process.cwd(), only = ""] = process.argv;
const folder = await mkdtemp(join(tmpdir(), "concordat-mutants-"));
const ground = { repository, folder };
try {
  process.exitCode = await run();
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function run(): Promise<number> {
  await prepare(ground);
  const clean = hunt(ground, undefined, only === "" ? valuesWithout : values);
  const survivors: string[] = [];
  let found = 0;
  for (const [part, list] of Object.entries(mutants)) {
    console.log(`\nIn ${part}:`);
    for (const mutant of list.filter(({ name }) => name.includes(only))) {
      // One after the other: each has a whole processor, beside the clean one.
      // oxlint-disable-next-line no-await-in-loop
      const { findings } = await hunt(ground, mutant, values);
      const [first] = findings;
      if (first === undefined) survivors.push(mutant.name);
      else found += 1;
      console.log(`  ${first === undefined ? "NOT FOUND" : "found"}  ${mutant.name}`);
      if (first !== undefined) console.log(`         ${first.slice(0, 160)}`);
    }
  }
  const { runs, findings } = await clean;
  const isClean = findings.length === 0 && (only !== "" || runs >= 10_000);
  console.log(`\n${found} of ${found + survivors.length} seeded defects found.`);
  console.log(`${findings.length} false findings in ${runs} runs without a defect.`);
  for (const line of [...survivors.map((name) => `not found: ${name}`), ...findings])
    console.error(line);
  return survivors.length === 0 && isClean ? 0 : 1;
}
