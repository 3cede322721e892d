/** Names that are indices take no more memory than others, in a process that has hardly any. */
import { afterAll, beforeAll, expect, test } from "vitest";

import { SmallProcess } from "./small-process.ts";

let victim: SmallProcess;

beforeAll(async () => {
  victim = await SmallProcess.of(new URL("index-name-victim.ts", import.meta.url));
});

afterAll(() => victim.remove());

test("a process with a heap of 64 MB reads, checks and converts 20,000 objects that have an index for a name", () => {
  const run = victim.run(64);

  expect(run.stderr).toBe("");
  expect(run.stdout).toBe(JSON.stringify(Array.from({ length: 8 }, () => 20_000)));
});
