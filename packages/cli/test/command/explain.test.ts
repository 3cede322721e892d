/** Every rule can be explained, and every explanation says what to do. */
import { expect, test } from "vitest";

import { rules } from "../../src/project/comparison.ts";
import { emptyFolder } from "../project-folder.ts";

test("each rule that a finding can name has an explanation", async () => {
  const folder = await emptyFolder();

  for (const { id, why, todo } of rules) {
    const { exitCode, stdout } = await folder.run("explain", id);

    expect(exitCode).toBe(0);
    expect(stdout).toContain(why);
    expect(stdout).toContain(`What to do: ${todo}`);
    expect(stdout).not.toMatch(/\{\w+\}/);
  }
});

test("without a rule all of them are listed, one a line", async () => {
  const { stdout } = await (await emptyFolder()).run("explain");

  expect(stdout.trimEnd().split("\n")).toHaveLength(rules.length);
});

test("an unknown rule is answered with the nearest one", async () => {
  const { exitCode, stderr } = await (await emptyFolder()).run("explain", "type-chnged");

  expect(exitCode).toBe(2);
  expect(stderr).toContain("Did you mean type-changed?");
});
