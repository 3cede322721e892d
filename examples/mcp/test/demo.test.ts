/** `npm run demo` as a stranger runs it: a process that says what happened and whether it should have. */
import { expect, test } from "vitest";

import { type Defect, runDemo } from "./fixture/built-demo.ts";

// Eight processes on a machine that may have other things to do.
const patience = { timeout: 120_000 };

test(
  "the demonstration shows all five releases, the two refusals in words, and exits with 0",
  patience,
  async () => {
    const { exitCode, output, errors } = await runDemo();

    expect(errors).toBe("");
    for (const row of [
      /^mcp 5\.0\.0 +2026-07-28 +5\.0\.0 +served /m,
      /^mcp 4\.0\.0 +2025-11-25 +4\.0\.0 +served /m,
      /^mcp 3\.0\.0 +2025-06-18 +3\.0\.0 +served /m,
      /^mcp 2\.0\.0 +2025-03-26 +2\.0\.0 +served /m,
      /^mcp 1\.0\.0 +2024-11-05 +none +refused by close 4426 /m,
      /^mcp 1\.0\.0 +2024-11-05 +none +refused by HTTP 426 /m,
    ]) {
      expect(output).toMatch(row);
    }
    expect(output.match(/The client has to be updated\./g)).toHaveLength(2);
    expect(exitCode).toBe(0);
  },
);

const defects: readonly (Defect & { readonly why: string; readonly shows: string })[] = [
  {
    why: "an adapter that forgets what the newest release demands",
    file: "adapters/request-meta.ts",
    is: "name: `${prefix}/protocolVersion`, value: newestRevision",
    becomes: "name: `${prefix}/protocolVersion`, value: 7",
    shows: "2025-06-18 (close): tools/list is internal: ",
  },
  {
    why: "an adapter whose answers match the release, and are wrong",
    file: "adapters/structured-output.ts",
    is: "{ value: structuredContent }",
    becomes: "{ result: structuredContent }",
    shows:
      '2025-11-25 (close): tools/call calculate is ok: text 42; {"result":42}, and should be ok: ',
  },
  {
    why: "a server that lets the oldest clients in",
    file: "server/service.ts",
    is: 'demonstratedFloor = "2.0.0"',
    becomes: 'demonstratedFloor = "1.0.0"',
    shows: "2024-11-05 (upgrade): outcome is served, and should be refused by HTTP 426",
  },
];

test.each(defects)("the demonstration fails on $why", patience, async ({ shows, ...defect }) => {
  const { exitCode, errors } = await runDemo(defect);

  expect(errors).toContain(`not as it should be: ${shows}`);
  expect(exitCode).toBe(1);
});
