/** A finding says everything that is known of it, loudest first, and nothing of what affects nobody. */
import { expect, test } from "vitest";

import { findingLines, findingsOf, type Loudness } from "../../src/report/finding.ts";
import { printMarkdown } from "../../src/report/markdown.ts";
import type { Report } from "../../src/report/report.ts";
import { printText } from "../../src/report/text.ts";
import { sampleReport, usedReport } from "./sample-report.ts";

function loudness(report: Report): readonly Loudness[] {
  return findingsOf(report).map((finding) => finding.loudness);
}

test("a break says what, where, on which value, what to do, who calls it, and why it is allowed", () => {
  const found = findingsOf(usedReport("Nobody calls it.", { isExcused: false })).find(
    ({ allowed }) => allowed !== undefined,
  );

  expect(found && findingLines(found)).toEqual([
    "orders place request /quantity (1.0.0 → 2.0.0): Required property quantity added: an old client may send a request that a new server refuses.",
    'Breaks on: {"sku":""}',
    'Remedy: set quantity to "" where it is absent',
    "In use: Two call it.",
    "Allowed: Nobody calls it.",
  ]);
});

test("what is not known of a finding is not said", () => {
  const lines = findingsOf(sampleReport()).flatMap(findingLines);

  expect(lines.join("\n")).not.toMatch(/undefined|In use|Allowed/);
  expect(lines.filter((line) => line.startsWith("Breaks on"))).toHaveLength(1);
});

test("what affects nobody is no finding, and what is allowed or called by nobody is only a note", () => {
  expect(loudness(sampleReport())).toEqual(["error", "warning", "note", "note"]);
  expect(loudness(sampleReport("Seen."))).toEqual(["warning", "note", "note", "note"]);
  expect(loudness(usedReport(undefined, { isExcused: false }))[0]).toBe("error");
  expect(loudness(usedReport(undefined, { isExcused: true }))[0]).toBe("warning");
});

test("who calls it stands beside the one finding that it is about, in a changelog and at a terminal", () => {
  const report = usedReport("Nobody calls it.", { isExcused: false });
  const { stdout } = printText(report, { colour: "off", width: Infinity });
  const markdown = printMarkdown(report);

  expect(stdout.match(/In use: Two call it\./g)).toHaveLength(1);
  expect(markdown).toMatch(
    /Required property quantity.*\n.*Breaks on.*\n.*Remedy: .*\n {2}- In use: Two call it\.\n {2}- Allowed: Nobody calls it\.\n/,
  );
  expect(markdown.match(/In use|Allowed/g)).toHaveLength(2);
});
