/** Annotations: one a line, at the right loudness, and no text can make a command of its own. */
import { expect, test } from "vitest";

import { printGithub } from "../../src/report/github.ts";
import { root, sampleReport } from "./sample-report.ts";

test("a break is an error at its file, a rollback finding a notice", () => {
  const lines = printGithub(sampleReport(), root).split("\n");

  expect(lines[0]).toMatch(
    /^::error file=src\/a%2Cb%3Ac%25\.ts,title=breaking%3A required-property-added::orders place request \/quantity/,
  );
  expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(2);
  expect(lines.filter((line) => line.startsWith("::notice"))).not.toEqual([]);
});

test("an allowed break is a notice with its reason", () => {
  const text = printGithub(sampleReport("Nobody calls it."), root);

  expect(text).toMatch(/^::notice .*required-property-added.*Allowed: Nobody calls it\./m);
  expect(text.match(/^::error /gm)).toBeNull();
});

test("a text of several lines stays one command", () => {
  expect(printGithub(sampleReport(), root)).toContain("::Look%0Ahere.");
});

test("a text cannot begin a command", () => {
  const remarks = [{ kind: "done", text: "\n::stop-commands::x" }] as const;

  const text = printGithub({ status: "ok", compared: [], remarks }, root);

  expect(text).not.toMatch(/^::/m);
});

test("what is only a line in the log cannot be a command, and no carriage return ends an annotation", () => {
  const remarks = [
    { kind: "text", text: "a\n::error::b" },
    { kind: "warning", text: "c\rd" },
  ] as const;

  expect(printGithub({ status: "ok", compared: [], remarks }, "/")).toBe(
    "a\n: :error: :b\n::warning::c%0Dd\n",
  );
});
