/** What is committed is what the command makes of the releases, and the adapters keep what it promises. */
import { fileURLToPath } from "node:url";
import { run } from "@concordat/cli";
import { expect, test } from "vitest";

async function concordat(
  ...words: readonly string[]
): Promise<{ readonly exitCode: number; readonly stderr: string }> {
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  return run(words, {
    cwd,
    outlet: { terminal: { colour: "off", width: 100 }, root: cwd },
    ownVersion: "test",
  });
}

test("the releases are unedited, and the stubs are up to date", async () => {
  expect(await concordat("check", "mcp")).toMatchObject({ exitCode: 0, stderr: "" });
}, 60_000);

test("nothing is lost or changed between the releases but what the adapters say", async () => {
  expect(await concordat("verify", "mcp", "--values", "12")).toMatchObject({
    exitCode: 0,
    stderr: "",
  });
}, 120_000);
