/** What is committed is what the command makes of the releases. */
import { fileURLToPath } from "node:url";
import { run } from "@concordat/cli";
import { expect, test } from "vitest";

test("the releases are unedited, and the stubs are up to date", async () => {
  const cwd = fileURLToPath(new URL("..", import.meta.url));

  const { exitCode, stderr } = await run(["check", "mcp"], {
    cwd,
    outlet: { terminal: { colour: "off", width: 100 }, root: cwd },
    ownVersion: "test",
  });

  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
}, 60_000);
