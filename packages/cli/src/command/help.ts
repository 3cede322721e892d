/** Help, printed from the commands' own tables. */
import { exitStatuses } from "../exit-status.ts";
import { type Terminal, wrapped } from "../report/terminal.ts";
import { type Command, type Flag, type Operand } from "./command.ts";
import { commonFlags } from "./command-line.ts";

/** The help of the whole command. */
export function overview(commands: readonly Command[], terminal: Terminal): string {
  return [
    "concordat: freeze a contract into releases, compare them, and generate stubs.",
    "",
    "Usage: concordat COMMAND [OPERANDS] [FLAGS]",
    "",
    ...table(
      commands.map(({ name, summary }) => [name, summary]),
      terminal,
    ),
    "",
    ...statusLines(terminal),
    "",
    'See "concordat COMMAND --help" for one command, and "concordat --version" for the version of this program.',
    "",
  ].join("\n");
}

/** The help of one command. */
export function helpOf(command: Command, terminal: Terminal): string {
  const flags = Object.entries({ ...command.flags, ...commonFlags(command) });
  const paragraphs = [command.summary, ...command.details].map((text) =>
    wrapped(text, 0, terminal),
  );
  const rows = [
    ...command.operands.map(({ name, summary }) => [name, summary] as const),
    ...flags.map(([name, flag]) => [flagWords(name, flag), flag.summary] as const),
  ];
  return [
    wrapped(`Usage: ${usageOf(command)}`, 0, terminal),
    "",
    paragraphs.join("\n\n"),
    "",
    ...table(rows, terminal),
    "",
    "Examples:",
    ...command.examples.map((example) => `  concordat ${example}`),
    "",
  ].join("\n");
}

/** How a command is called, in one line. */
export function usageOf(command: Command): string {
  const flags = Object.entries(command.flags).map(([name, flag]) => `[${flagWords(name, flag)}]`);
  return ["concordat", command.name, ...command.operands.map(operandWords), ...flags].join(" ");
}

/** A flag as it is typed: `--first NUMBER`. */
export function flagWords(name: string, flag: Flag): string {
  const value = flag.choices?.join("|") ?? flag.value;
  return flag.value === undefined ? `--${name}` : `--${name} ${value ?? flag.value}`;
}

function operandWords({ name, count }: Operand): string {
  if (count === "at most one") return `[${name}]`;
  return count === "one" ? name : `${name}…`;
}

function statusLines(terminal: Terminal): readonly string[] {
  const rows = Object.values(exitStatuses).map(
    ({ code, meaning }) => [`${code}`, meaning] as const,
  );
  return ["Exit status:", ...table(rows, terminal)];
}

function table(
  rows: readonly (readonly [string, string])[],
  terminal: Terminal,
): readonly string[] {
  const longest = Math.max(0, ...rows.map(([name]) => name.length));
  // A long flag gets a line of its own rather than pushing all the others to the right.
  const column = Math.min(longest, 24) + 4;
  return rows.map(([name, summary]) => {
    const text = wrapped(summary, column, terminal);
    const head = `  ${name}`;
    if (head.length + 2 > column) return `${head}\n${text}`;
    return head.padEnd(column) + text.slice(column);
  });
}
