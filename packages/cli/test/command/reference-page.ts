/** The reference page of the command, made from the very tables that read its arguments. */
import type { Command } from "../../src/command/command.ts";
import { commonFlags } from "../../src/command/command-line.ts";
import { flagWords, usageOf } from "../../src/command/help.ts";
import { exitStatuses } from "../../src/exit-status.ts";
import { formats } from "../../src/report/format.ts";

/** The page as Markdown. */
export function referencePage(commands: readonly Command[]): string {
  return `${[
    "# The command line",
    "<!-- Made from the commands' own tables by packages/cli/test/command/reference-page.test.ts; update it with `npx vitest run packages/cli -u`. -->",
    "`concordat` freezes contracts into releases, compares them, generates stubs, and verifies that old releases are served. What a project consists of stands in its [settings](settings.md).",
    list(commands.map(({ name, summary }) => `[\`${name}\`](#${name}): ${summary}`)),
    "## Exit status",
    list(Object.values(exitStatuses).map(({ code, meaning }) => `\`${code}\`: ${meaning}`)),
    "## Formats",
    "`--format` says how a report is printed.",
    list(Object.entries(formats).map(([name, { reader }]) => `\`${name}\`: for ${reader}.`)),
    "With `json`, `diff` prints `{ verdict, lossy, changes }`, for two releases with `rollback` beside them; `explain` prints the rule or all of them; `verify` prints `{ status, seed, verified, remarks }`, with what was tried and what was found of each contract; every other command prints `{ status, compared, remarks }`. A command that could not do its work prints the latter too, with `status` `unusable`.",
    ...commands.map(section),
  ].join("\n\n")}\n`;
}

function section(command: Command): string {
  const flags = Object.entries({ ...command.flags, ...commonFlags(command) });
  return [
    `## ${command.name}`,
    [command.summary, ...command.details].join("\n\n"),
    fenced([usageOf(command)]),
    list([
      ...command.operands.map(({ name, summary }) => `\`${name}\`: ${summary}`),
      ...flags.map(([name, flag]) => `\`${flagWords(name, flag)}\`: ${flag.summary}`),
    ]),
    fenced(command.examples.map((example) => `concordat ${example}`)),
  ].join("\n\n");
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function fenced(lines: readonly string[]): string {
  return ["```", ...lines, "```"].join("\n");
}
