/** A standard error stream that cannot be written, of a process of its own: nobody may die of its log. */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";

import { type ChildProgram, startProgram } from "../fixture/child-program.ts";

const entry = new URL("../fixture/grumbler.ts", import.meta.url);
const opened: { stop(): Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.stop()));
});

/** What the program says once it has written, or how it ended. */
async function afterWriting(program: ChildProgram): Promise<unknown> {
  return Promise.race([program.ask("write"), once(program.process, "exit")]);
}

test("a process whose log nobody reads any more lives on", async () => {
  const { program } = await startProgram(entry);
  opened.push(program);
  program.process.stderr?.destroy();

  expect(await afterWriting(program)).toBe("lives");
  expect(await afterWriting(program)).toBe("lives");
});

test.skipIf(!existsSync("/dev/full"))(
  "a process whose log is on a full disk lives on",
  async () => {
    const disk = await open("/dev/full", "w");
    const { program } = await startProgram(entry, [], disk.fd);
    opened.push(program);
    await disk.close();

    expect(await afterWriting(program)).toBe("lives");
    expect(await afterWriting(program)).toBe("lives");
  },
);
