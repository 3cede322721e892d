/** Words become a request, or a sentence that says which word is wrong. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { requestOf } from "../../src/command/command-line.ts";
import { commands } from "../../src/command/commands.ts";
import { flagWords, usageOf } from "../../src/command/help.ts";
import { exitStatuses } from "../../src/exit-status.ts";
import { emptyFolder } from "../project-folder.ts";

const read = (...words: readonly string[]) => requestOf(words, commands, "/work");

describe("what is asked for", () => {
  for (const words of [[], ["--help"], ["-h"], ["help"]]) {
    test(`${JSON.stringify(words)} asks for the overview`, () => {
      expect(read(...words)).toEqual({ asks: "help" });
    });
  }

  for (const words of [
    ["diff", "--help"],
    ["diff", "-h"],
    ["help", "diff"],
  ]) {
    test(`${JSON.stringify(words)} asks for the help of diff, without its operands`, () => {
      expect(read(...words)).toMatchObject({ asks: "help", command: { name: "diff" } });
    });
  }

  test("flags and operands may be mixed, and a flag's value may be joined to it", () => {
    expect(read("diff", "a.json", "--format=sarif", "--schema", "request", "b.json")).toMatchObject(
      {
        asks: "run",
        command: { name: "diff" },
        format: "sarif",
        invocation: { operands: ["a.json", "b.json"], flags: { schema: "request" } },
      },
    );
  });

  test("behind two dashes everything is an operand", () => {
    expect(read("diff", "--", "--a", "--b")).toMatchObject({
      invocation: { operands: ["--a", "--b"] },
    });
  });

  test("a flag that may be given often is a list, a switch is true or false", () => {
    expect(read("import", "a", "--revision", "1", "--revision", "2", "--drop-texts")).toMatchObject(
      {
        invocation: { flags: { revision: ["1", "2"], "drop-texts": true, "dry-run": false } },
      },
    );
  });
});

test("the overview names every command and every exit status, and --version prints the version", async () => {
  const folder = await emptyFolder();
  const { exitCode, stdout } = await folder.run("--help");
  const folded = stdout.replaceAll(/ {2,}/g, "  ");

  expect(exitCode).toBe(0);
  for (const { name, summary } of commands) expect(folded).toContain(`\n  ${name}  ${summary}\n`);
  expect(folded).toContain("\nUsage: concordat COMMAND [OPERANDS] [FLAGS]\n");
  expect(folded).toContain("\nExit status:\n");
  for (const { code, meaning } of Object.values(exitStatuses))
    expect(folded).toContain(`\n  ${code}  ${meaning}\n`);
  expect(await folder.run("--version")).toEqual({ exitCode: 0, stdout: "0.0.0\n", stderr: "" });
});

test.each(commands)("the help of $name says all that its table has", async (command) => {
  const folder = await emptyFolder();
  const { name, summary, details, operands, flags, examples } = command;
  const { exitCode, stdout } = await folder.run(name, "--help");
  const lines = stdout.split("\n");

  expect(exitCode).toBe(0);
  expect(lines[0]).toBe(`Usage: ${usageOf(command)}`);
  expect(lines).toEqual(
    expect.arrayContaining([
      summary,
      ...details,
      ...examples.map((example) => `  concordat ${example}`),
    ]),
  );
  const rows = [
    ...operands.map((operand) => [operand.name, operand.summary] as const),
    ...Object.entries(flags).map(([flag, rule]) => [flagWords(flag, rule), rule.summary] as const),
    ["--help", "Print this help."] as const,
  ];
  const folded = stdout.replaceAll(/ *\n? {2,}/g, "  ");
  for (const [head, about] of rows) expect(folded).toContain(`  ${head}  ${about}`);
});

const wrong: readonly (readonly [words: readonly string[], says: string])[] = [
  [["publish"], "The commands are init, release"],
  [["help", "chekc"], "Did you mean check?"],
  [["release", "--wat"], 'See "concordat release --help"'],
  [["release", "-x"], "has no flag -x"],
  [["release", "--__proto__"], "has no flag --__proto__"],
  [["release", "--first"], "--first needs a value: NUMBER"],
  [["release", "--first="], "--first needs a value"],
  [["release", "--dry-run=yes"], "--dry-run takes no value"],
  [["release", "--first", "1.0.0", "--first", "2.0.0"], "--first is given more than once"],
  [["release", "a", "b"], 'does not take "b"'],
  [["explain", "--format", "sarif"], '--format cannot be "sarif": it is one of text, json'],
  [["import"], "concordat import needs FILE"],
];

for (const [words, says] of wrong) {
  test(`${words.join(" ")}: ${says}`, () => {
    expect(() => read(...words)).toThrow(says);
  });
}

test("no words whatever make the command throw, or exit with a number that means nothing", async () => {
  const folder = await emptyFolder();
  const word = fc.oneof(
    fc.constantFrom(
      ...commands.map(({ name }) => name),
      "--format",
      "json",
      "--",
      "-",
      "__proto__",
    ),
    fc.constantFrom(
      ...commands.flatMap(({ flags }) => Object.keys(flags).map((name) => `--${name}`)),
    ),
    fc.string(),
  );
  const codes = Object.values(exitStatuses).map(({ code }) => code);
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (words) => {
      const { exitCode, stderr } = await folder.run(...words);
      expect(codes).toContain(exitCode);
      expect(stderr).not.toContain("defect");
      expect(stderr).not.toMatch(/^\s+at /m);
    }),
    { numRuns: 300 },
  );
});
