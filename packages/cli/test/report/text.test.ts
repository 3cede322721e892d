/** Text is for people: who breaks, on what, and what to do; and it cannot steer their terminal. */
import { describe, expect, test } from "vitest";

import { harmless, wrapped } from "../../src/report/terminal.ts";
import { printText } from "../../src/report/text.ts";
import { sampleReport } from "./sample-report.ts";

const plain = { colour: "off", width: Infinity } as const;

test("findings are grouped by who meets whom, worst first, with witness and remedy", () => {
  const { stdout } = printText(sampleReport(), plain);

  expect(stdout).toMatchInlineSnapshot(`
    "orders 1.0.0 → 2.0.0: breaking

      Clients of 1.0.0, server of 2.0.0: breaking
        place
          breaking   request /quantity  required-property-added
            Required property quantity added: an old client may send a request that a new server refuses.
            Breaks on: {"sku":""}
            Remedy: set quantity to "" where it is absent
          lossy      request /gift  optional-property-renamed
            Optional property gift renamed to note: a new server accepts it from an old client, but drops what was meant by it.
            Remedy: rename gift to note

      Clients of 2.0.0, server of 1.0.0 (rollback): lossy
        place
          lossy      request /gift  optional-property-renamed
            Optional property gift renamed to note: an old server accepts it from a new client, but drops what was meant by it.
            Remedy: rename note to gift
          lossy      request /quantity  required-property-added
            Required property quantity added: an old server accepts it from a new client, but drops what was meant by it.
            Remedy: leave out quantity

    Something is written.
    warning: Look
    here.
    "
  `);
});

test("the procedure that breaks stands before one that does not, whatever their names", () => {
  const report = sampleReport();
  const compared = report.compared.map((each) => {
    const fine = each.comparison.changes.map((change) => ({
      ...change,
      procedure: "aside",
      verdict: "lossy" as const,
    }));
    const changes = [...fine, ...each.comparison.changes];
    return { ...each, comparison: { ...each.comparison, changes } };
  });
  const { stdout } = printText({ ...report, compared }, plain);

  expect(stdout.indexOf("\n    place\n")).toBeGreaterThan(0);
  expect(stdout.indexOf("\n    place\n")).toBeLessThan(stdout.indexOf("\n    aside\n"));
});

test("problems go to the error output, everything else to the other", () => {
  const { stdout, stderr } = printText(sampleReport(), plain);

  expect(stderr).toBe("error: This is wrong.\n");
  expect(stdout).toContain("warning: Look\nhere.");
  expect(stdout).not.toContain("This is wrong");
});

test("an allowed finding is printed with the reason", () => {
  expect(printText(sampleReport("Nobody calls it."), plain).stdout).toContain(
    "Allowed: Nobody calls it.",
  );
});

test("colour changes nothing but colour", () => {
  const { stdout } = printText(sampleReport(), { ...plain, colour: "on" });
  // oxlint-disable-next-line no-control-regex -- the codes of colours begin with one
  const bare = stdout.replaceAll(/\u001b\[\d+m/g, "");

  expect(stdout).toContain("\u001b[31mbreaking");
  expect(bare).toBe(printText(sampleReport(), plain).stdout);
});

test("paragraphs fit the terminal", () => {
  const { stdout } = printText(sampleReport(), { colour: "off", width: 60 });
  const sentences = stdout
    .split("\n")
    .filter((line) => !/Breaks on|compatible|lossy|breaking/.test(line));

  expect(Math.max(...sentences.map((line) => line.length))).toBeLessThanOrEqual(60);
});

describe("a text from a file", () => {
  const hostile = [
    ["an escape sequence", "\u001b[2J", "\\u001b[2J"],
    ["a carriage return", "a\rb", "a\\u000db"],
    ["a change of writing direction", "a\u202eb", "a\\u202eb"],
    ["a bell in the upper range", "\u0090", "\\u0090"],
  ] as const;

  for (const [what, text, shown] of hostile) {
    test(`with ${what} shows it instead of obeying it`, () => {
      expect(harmless(text)).toBe(shown);
    });
  }

  test("keeps its line breaks", () => {
    expect(harmless("a\nb")).toBe("a\nb");
  });
});

test("a word that is longer than a line stays whole", () => {
  const long = "x".repeat(50);

  expect(wrapped(`an ${long} end`, 2, { colour: "off", width: 30 })).toBe(`  an\n  ${long}\n  end`);
});
