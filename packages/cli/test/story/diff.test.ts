/** Two files in, a verdict out: what scripts and other tools build on. */
import { readableJson } from "@concordat/core/internal";
import { expect, test } from "vitest";

import { emptyFolder, type ProjectFolder } from "../project-folder.ts";
import { draftWith, releaseAfter, requestWith } from "../release-history.ts";

const narrow = { type: "integer", minimum: 0 };
const wide = { type: "integer" };
// The same texts, but no automaton can tell.
const backReference = { type: "string", pattern: "^(a*)\\1$" };
const evenly = { type: "string", pattern: "^(aa)*$" };

const verdicts = [
  ["request", narrow, wide, "compatible", 0],
  ["request", wide, narrow, "breaking", 1],
  ["response", narrow, wide, "breaking", 1],
  ["response", wide, narrow, "compatible", 0],
  ["request", backReference, evenly, "undecided", 3],
  ["request", true, false, "breaking", 1],
] as const;

async function folderWith(before: unknown, after: unknown): Promise<ProjectFolder> {
  const folder = await emptyFolder();
  await folder.write("before.json", before);
  await folder.write("after.json", after);
  return folder;
}

for (const [position, before, after, verdict, exitCode] of verdicts) {
  const title = `${JSON.stringify(before)} → ${JSON.stringify(after)} in a ${position}`;
  test(`${title} is ${verdict}, status ${exitCode}`, async () => {
    const folder = await folderWith(before, after);

    const outcome = await folder.start(
      "diff",
      "--schema",
      position,
      "before.json",
      "after.json",
      "--format",
      "json",
    );

    expect(outcome).toMatchObject({ exitCode, stderr: "" });
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      verdict,
      lossy: expect.any(Array),
      changes: expect.any(Array),
    });
  });
}

test("a break in json has rule, path, position, direction, verdict, message and witness", async () => {
  const folder = await folderWith(wide, narrow);

  const { stdout } = await folder.run(
    "diff",
    "--schema=request",
    "before.json",
    "after.json",
    "--format=json",
  );

  expect(JSON.parse(stdout)).toMatchObject({
    changes: [
      {
        rule: expect.any(String),
        path: "",
        position: "request",
        direction: "old-client-new-server",
        verdict: "breaking",
        message: expect.any(String),
        witness: -1,
      },
    ],
  });
});

test("release files need no project around them", async () => {
  const first = releaseAfter(undefined, "1.0.0", draftWith(requestWith("sku")));
  const second = releaseAfter(first, "2.0.0", draftWith(requestWith("sku", "quantity")));
  const folder = await folderWith(readableJson(first), readableJson(second));

  const outcome = await folder.run("diff", "before.json", "after.json");

  expect(outcome.exitCode).toBe(1);
  expect(outcome.stdout).toContain("orders 1.0.0 → 2.0.0: breaking");
});

test("releases of two contracts are not compared", async () => {
  const orders = releaseAfter(undefined, "1.0.0", draftWith(true));
  const invoices = releaseAfter(undefined, "1.0.0", draftWith(true, undefined, "invoices"));
  const folder = await folderWith(readableJson(orders), readableJson(invoices));

  const outcome = await folder.run("diff", "before.json", "after.json");

  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain("orders and invoices are two contracts");
});
