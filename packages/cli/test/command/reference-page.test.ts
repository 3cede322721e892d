/** The documents describe the command that there is. */
import { expect, test } from "vitest";

import { commands } from "../../src/command/commands.ts";
import { releasedProject, sourceWith } from "../project-folder.ts";
import { referencePage } from "./reference-page.ts";

test("the reference page is what the commands' tables say, and shows what check prints as JSON", async () => {
  const folder = await releasedProject();
  const text = { type: "string" };
  await folder.write("contract.js", sourceWith({ sku: text, quantity: text }));
  const { stdout } = await folder.run("check", "--format", "json");

  await expect(referencePage(commands, stdout)).toMatchFileSnapshot(
    "../../../../docs/reference/command-line.md",
  );
});

test("every example in the help is a call that the command understands", async () => {
  const { requestOf } = await import("../../src/command/command-line.ts");
  for (const { name, examples } of commands) {
    for (const example of examples) {
      const request = requestOf(example.split(" "), commands, "/work");

      expect(request).toMatchObject({ asks: "run", command: { name } });
    }
  }
});
