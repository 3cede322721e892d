/** From the words on a command line to a command with its operands and flags, or a sentence about what is wrong. */
import { parseArgs } from "node:util";

import { UnusableInput } from "../project/unusable-input.ts";
import type { Format } from "../report/format.ts";
import type { Command, Flag, FlagTable, Invocation } from "./command.ts";
import { nearest } from "./nearest.ts";

/** What a command line asks for. */
export type Request =
  | { readonly asks: "help"; readonly command?: Command }
  | { readonly asks: "version" }
  | {
      readonly asks: "run";
      readonly command: Command;
      readonly format: Format;
      readonly invocation: Invocation;
    };

/**
 * Reads a command line.
 *
 * @param words The arguments after the program's name.
 * @throws UnusableInput for anything that no table knows.
 */
export function requestOf(
  words: readonly string[],
  commands: readonly Command[],
  cwd: string,
): Request {
  const [name, ...rest] = words;
  if (name === undefined || name === "--help" || name === "-h") return { asks: "help" };
  if (name === "--version") return { asks: "version" };
  if (name === "help") return helpOn(rest[0], commands);

  const command = commandCalled(name, commands);
  const { given, operands } = readWords(command, rest);
  if (given.has("help")) return { asks: "help", command };
  checkOperands(command, operands);
  const format = given.get("format")?.at(-1) as Format | undefined; // readWords has looked at the choices
  const invocation = { cwd, operands, flags: valuesOf(command.flags, given) };
  return { asks: "run", command, format: format ?? command.formats[0] ?? "text", invocation };
}

function helpOn(name: string | undefined, commands: readonly Command[]): Request {
  if (name === undefined) return { asks: "help" };
  return { asks: "help", command: commandCalled(name, commands) };
}

function commandCalled(name: string, commands: readonly Command[]): Command {
  const command = commands.find((each) => each.name === name);
  if (command !== undefined) return command;
  const names = commands.map((each) => each.name);
  const instead = suggestion(name, names) ?? `The commands are ${names.join(", ")}.`;
  throw new UnusableInput(`There is no command ${JSON.stringify(name)}. ${instead}`);
}

/** The flags that every command has. */
export function commonFlags(command: Command): FlagTable {
  return {
    format: {
      summary: `The output format. Default ${command.formats[0] ?? "text"}.`,
      value: "FORMAT",
      choices: command.formats,
    },
    help: { summary: "Print this help." },
  };
}

interface Words {
  /** Values by flag; a switch has an empty text. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

function readWords(command: Command, words: readonly string[]): Words {
  const flags = { ...command.flags, ...commonFlags(command) };
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [
      name,
      flag.value === undefined ? ({ type: "boolean" } as const) : ({ type: "string" } as const),
    ]),
  );
  // Not strict: Node's own messages explain Node, and ours have to explain the command.
  const { tokens, positionals } = parseArgs({
    args: [...words],
    options: { ...options, h: { type: "boolean" } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const name = token.rawName === "-h" ? "help" : token.name;
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
    if (flag === undefined) throw unknownFlag(command, token.rawName, Object.keys(flags));
    given.set(name, [...(given.get(name) ?? []), valueFor(token.rawName, flag, token.value)]);
  }
  const twice = [...given].find(
    ([name, list]) => list.length > 1 && flags[name]?.given !== "often",
  );
  if (twice !== undefined) throw new UnusableInput(`--${twice[0]} is given more than once.`);
  return { given, operands: positionals };
}

function unknownFlag(command: Command, raw: string, names: readonly string[]): UnusableInput {
  const instead = suggestion(raw.replace(/^-+/, ""), names, "--") ?? helpHint(command);
  return new UnusableInput(`concordat ${command.name} has no flag ${raw}. ${instead}`);
}

function valueFor(raw: string, flag: Flag, value: string | undefined): string {
  if (flag.value === undefined) {
    if (value === undefined) return "";
    throw new UnusableInput(`${raw} takes no value.`);
  }
  const wanted = flag.choices === undefined ? flag.value : `one of ${flag.choices.join(", ")}`;
  if (value === undefined || value === "")
    throw new UnusableInput(`${raw} needs a value: ${wanted}.`);
  if (flag.choices === undefined || flag.choices.includes(value)) return value;
  throw new UnusableInput(`${raw} cannot be ${JSON.stringify(value)}: it is ${wanted}.`);
}

function valuesOf(flags: FlagTable, given: Words["given"]): Invocation["flags"] {
  const entries = Object.entries(flags).map(([name, flag]) => {
    const values = given.get(name);
    if (flag.given === "often") return [name, values ?? []] as const;
    return [name, flag.value === undefined ? values !== undefined : values?.at(-1)] as const;
  });
  return Object.fromEntries(entries) as Invocation["flags"]; // by the table, row for row
}

function checkOperands(command: Command, operands: readonly string[]): void {
  const most = command.operands.some(({ count }) => count === "one or more")
    ? Infinity
    : command.operands.length;
  const needed = command.operands.filter(({ count }) => count !== "at most one");
  const missing = needed[operands.length];
  if (missing !== undefined) {
    const what = `${missing.name}: ${missing.summary}`;
    throw new UnusableInput(`concordat ${command.name} needs ${what} ${helpHint(command)}`);
  }
  const extra = operands[most];
  if (extra === undefined) return;
  throw new UnusableInput(
    `concordat ${command.name} does not take ${JSON.stringify(extra)}. ${helpHint(command)}`,
  );
}

function helpHint(command: Command): string {
  return `See "concordat ${command.name} --help".`;
}

function suggestion(word: string, names: readonly string[], dashes = ""): string | undefined {
  const name = nearest(word, names);
  return name === undefined ? undefined : `Did you mean ${dashes}${name}?`;
}
