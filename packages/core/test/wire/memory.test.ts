/** Bombs are refused before memory is taken, in a process that has hardly any. */
import { afterAll, beforeAll, expect, test } from "vitest";

import { SmallProcess } from "../small-process.ts";

let victim: SmallProcess;

beforeAll(async () => {
  victim = await SmallProcess.of(new URL("bomb-victim.ts", import.meta.url));
});

afterAll(() => victim.remove());

test("a process with a heap of 24 MB refuses every bomb a hundred times and has not grown", () => {
  const run = victim.run(24, "--expose-gc");

  expect(run.stderr).toBe("");
  expect(run.status).toBe(0);
  const report = JSON.parse(run.stdout) as { refused: number; grownBytes: number }; // bomb-victim.ts wrote it
  expect(report.refused).toBe(1_100);
  expect(report.grownBytes).toBeLessThan(8_000_000);
});
