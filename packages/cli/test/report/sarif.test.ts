/** SARIF: rules, results with their places, suppressions, and the exit code. */
import type { ProcedureTree } from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import { expect, test } from "vitest";

import { compareReleases } from "../../src/project/comparison.ts";
import type { Report } from "../../src/report/report.ts";
import { printSarif } from "../../src/report/sarif.ts";
import { root, sampleReport } from "./sample-report.ts";

test("a break is a result of its rule, at its file, with the witness", () => {
  const log: unknown = JSON.parse(printSarif(sampleReport(), root));

  expect(log).toMatchObject({
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "concordat" } },
        invocations: [{ executionSuccessful: true, exitCode: 1 }],
        results: expect.arrayContaining([
          expect.objectContaining({
            ruleId: "required-property-added",
            level: "error",
            locations: [{ physicalLocation: { artifactLocation: { uri: "src/a%2Cb%3Ac%25.ts" } } }],
            properties: expect.objectContaining({ witness: '{"sku":""}' }),
          }),
        ]),
      },
    ],
  });
});

test("what is no finding is a notification as loud as it is, and what was done is none", () => {
  const log: unknown = JSON.parse(printSarif(sampleReport(), root));
  const notices = [
    { level: "warning", message: { text: "Look\nhere." }, locations: [expect.anything()] },
    { level: "error", message: { text: "This is wrong." } },
  ];

  expect(log).toMatchObject({
    runs: [{ invocations: [{ toolExecutionNotifications: notices }] }],
  });
  const refused: unknown = JSON.parse(printSarif({ ...sampleReport(), status: "unusable" }, root));
  expect(refused).toMatchObject({ runs: [{ invocations: [{ executionSuccessful: false }] }] });
});

test("every result names a rule that the driver lists, and it lists no others", () => {
  interface Log {
    runs: [{ tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string }[] }];
  }
  const log: Log = JSON.parse(printSarif(sampleReport(), root));
  const [{ tool, results }] = log.runs;

  expect(new Set(tool.driver.rules.map(({ id }) => id))).toEqual(
    new Set(results.map(({ ruleId }) => ruleId)),
  );
});

test("a rule's title has no blanks to fill in: it stands for every finding", () => {
  const log = printSarif(sampleReport(), root);

  expect(log).toContain('"text": "Required property NAME added"');
  expect(log).not.toMatch(/"text": "[^"]*\{\w+\}/);
});

test("findings of two errors of one procedure are two, tomorrow as well", () => {
  const report = sampleReport();
  const [compared] = report.compared;
  const [change] = compared?.comparison.changes ?? [];
  if (compared === undefined || change === undefined) throw new Error("The sample has a break.");
  const changes = ["sold_out", "banned"].map(
    (error) => ({ ...change, position: "error", error, verdict: "breaking" }) as const,
  );
  const comparison = { ...compared.comparison, changes };
  const log = printSarif({ ...report, compared: [{ ...compared, comparison }] }, root);
  const marks = [...log.matchAll(/"concordat\/v1": "(.*)"/g)].map(([, mark]) => mark);

  expect(new Set(marks).size).toBe(2);
});

test("findings of the two streams of one procedure are two, and stay the same with one more release", () => {
  const report = sampleReport();
  const [compared] = report.compared;
  if (compared === undefined) throw new Error("The sample compares two releases.");
  const integer = {
    kind: "bidiStream",
    request: { type: "integer" },
    response: { type: "integer" },
  };
  const text = { kind: "bidiStream", request: { type: "string" }, response: { type: "string" } };
  const [older, newer] = [integer, text].map(
    (chat) => freeze("orders", { chat } as unknown as ProcedureTree), // plain JSON does as well as TypeBox's types
  );
  if (older === undefined || newer === undefined) throw new Error("There are two.");
  const numbers = { release: "1.0.0", previous: null };
  const comparison = compareReleases({ ...older, ...numbers }, { ...newer, ...numbers });
  const marksOf = (pairs: Report["compared"]): readonly string[] => [
    ...new Set(
      [
        ...printSarif({ ...report, compared: pairs }, root).matchAll(/"concordat\/v1": "(.*)"/g),
      ].map(([, mark = ""]) => mark),
    ),
  ];

  const once = marksOf([{ ...compared, comparison }]);

  expect(once).toHaveLength(comparison.changes.length);
  expect(
    marksOf([
      { ...compared, comparison },
      { ...compared, comparison },
    ]),
  ).toEqual(once);
});

test("an allowed break is suppressed with its reason, not left out", () => {
  expect(printSarif(sampleReport("Nobody calls it."), root)).toContain(
    '"justification": "Nobody calls it."',
  );
});
