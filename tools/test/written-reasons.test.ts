/** A file without its opening sentence and a cast without its reason are stopped. */
import { expect, test } from "vitest";
import { lintFiles } from "./lint-files.ts";

async function findings(rule: string, codes: readonly string[]) {
  const files = codes.map((code, index) => ({ path: `file${index}.ts`, code }));
  const messages = await lintFiles(rule, files);
  return codes.filter((_, index) => messages.get(`file${index}.ts`)?.length !== 0);
}

test("a file that does not open with a doc comment is stopped", async () => {
  const opened = [
    "/** Counts. */\nexport const one = 1;",
    "#!/usr/bin/env node\n/** Runs. */\nexport const one = 1;",
  ];
  const unopened = [
    "export const one = 1;",
    "// Counts.\nexport const one = 1;",
    "export const one = 1;\n/** Too late. */",
  ];

  expect(await findings("opening-sentence", [...opened, ...unopened])).toEqual(unopened);
});

test("a cast without a comment beside it is stopped", async () => {
  const explained = [
    "// The table above has every name.\nexport const name = text as Name;",
    "export const name = text as Name; // checked by isName",
    "export const kinds = [1, 2] as const;",
    "export const some = value as unknown;",
  ];
  const bare = [
    "export const name = text as Name;",
    "// About something else.\n\nexport const name = text as Name;",
    "export const name = value as unknown as Name;",
  ];

  expect(await findings("cast-reason", [...explained, ...bare])).toEqual(bare);
});
