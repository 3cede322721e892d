/** What the documents show is what there is. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

import { snippets } from "./snippet.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const all = snippets(root);

test("the documents have snippets", () => {
  expect(all.length).toBeGreaterThan(5);
});

describe("a snippet that names its file is an excerpt of it, word for word", () => {
  for (const { document, line, file, text } of all) {
    if (file === undefined) continue;
    test(`${document}:${line} is in ${file}`, () => {
      expect(existsSync(join(root, file))).toBe(true);
      expect(dedent(readFileSync(join(root, file), "utf8"))).toContain(dedent(text));
    });
  }
});

test("a snippet that names no file compiles by itself", { timeout: 60_000 }, () => {
  const folder = join(root, "docs/.snippets");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const places = all.filter(({ file }) => file === undefined);
  for (const [index, { document, line, text }] of places.entries()) {
    writeFileSync(
      join(folder, `snippet-${index}.ts`),
      `// ${document}:${line}\n${text}\nexport {};\n`,
    );
  }
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: "../../tsconfig.base.json",
      compilerOptions: { noEmit: true, composite: false, types: ["node"], noUnusedLocals: false },
      include: ["*.ts"],
    }),
  );
  let output = "";
  try {
    execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { encoding: "utf8" });
  } catch (error) {
    output = String((error as { stdout?: unknown }).stdout); // execFileSync adds what was printed
  }
  expect(output).toBe("");
  rmSync(folder, { recursive: true, force: true });
});

/** Without the indentation that an excerpt loses when it is shown by itself. */
function dedent(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .join("\n");
}
