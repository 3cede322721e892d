/** The reference page of the command, made from the very tables that read its arguments. */
import type { Command } from "../../src/command/command.ts";
import { commonFlags } from "../../src/command/command-line.ts";
import { flagWords, usageOf } from "../../src/command/help.ts";
import { exitStatuses } from "../../src/exit-status.ts";
import { formats } from "../../src/report/format.ts";

/**
 * The page as Markdown.
 *
 * @param checkJson What `check --format json` really prints of a break.
 */
export function referencePage(commands: readonly Command[], checkJson: string): string {
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
    ...commands.flatMap((command) =>
      command.name === "check" ? [section(command), jsonOfCheck(checkJson)] : [section(command)],
    ),
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

/** The form that programs in a pipeline read most. */
function jsonOfCheck(example: string): string {
  return [
    "### What `check --format json` prints",
    "Where the working tree adds a required property `quantity` to the request of `place` in 1.0.0:",
    ["```json", example.trimEnd(), "```"].join("\n"),
    list([
      "`status`: `ok`, `breaking`, `undecided` or `unusable`, which are the exit statuses 0, 1, 3 and 2.",
      "`compared`: each supported release of the newest line that has a finding, with the working tree. `file` is the contract's source, relative to the working folder (in GitHub Actions: to the checkout). The newest release is here also where all that changed is fine.",
      "`comparison`: what `diff` prints of the two. `verdict` is `compatible`, `lossy`, `undecided` or `breaking` for older clients, `rollback` the same for newer clients with an older server, `lossy` the paths at which something that older clients meant is dropped.",
      "`changes`: one for each change, place and direction. `rule` is what `explain` takes. `direction` is `old-client-new-server`, which alone decides the verdict, or `new-client-old-server`, which a rollback would meet. `position` is `request`, `response`, `item` (one message of a stream), `error` or `procedure`; `procedure` and `error` are names. `path` is a pointer into the message, in which `*` is any element or any other name, and `{…}` any name that matches the pattern in it, as in a record. `witness` is a value that breaks; `adapter` lists steps that may help. Each of `procedure`, `error`, `witness` and `adapter` is absent where there is none.",
      '`allowed`: the changes that the settings allow, each as `{ change, allowance }` with the entry of `"allow"`. They stand among the `changes` too.',
      "`used`, with `--fleet` only: the breaks, each as `{ change, usage, text, isExcused }`. `usage` is `{ calls, connections, callers }`, with `{ client, calls }` for each caller; `isExcused` says that `--unused-for` lets it pass.",
      "`remarks`: all else, each as `{ kind, text }`, with `file` where it is about one. `kind` is `done`, `note`, `warning` (fails nothing), `problem` (fails the check) or `text`. The text is for people, and may change.",
    ]),
  ].join("\n\n");
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join("\n");
}

function fenced(lines: readonly string[]): string {
  return ["```", ...lines, "```"].join("\n");
}
