/** What a command is: its table of operands and flags, and a function from those to a report. */
import type { Format } from "../report/format.ts";
import type { Report } from "../report/report.ts";

/** One flag of a command. */
export interface Flag {
  /** One sentence: what it does, and what happens without it. */
  readonly summary: string;
  /** What stands for the value in the help, e.g. `NUMBER`; absent for a switch. */
  readonly value?: string;
  /** The values that it may have. Default: any. */
  readonly choices?: readonly string[];
  /** Whether it may be given several times. Default `once`. */
  readonly given?: "once" | "often";
}

/** The flags of a command, by name without the dashes. */
export type FlagTable = Readonly<Record<string, Flag>>;

/** What stands beside the command's name. */
export interface Operand {
  readonly name: string;
  readonly summary: string;
  readonly count: "one" | "at most one" | "one or more";
}

/** The values of a table of flags. */
export type FlagValues<Flags extends FlagTable> = {
  readonly [Name in keyof Flags]: FlagValue<Flags[Name]>;
};

type FlagValue<F> = F extends { given: "often" }
  ? readonly string[]
  : F extends { value: string }
    ? string | undefined
    : boolean;

/** What a command is called with. */
export interface Invocation<Flags extends FlagTable = FlagTable> {
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly operands: readonly string[];
  readonly flags: FlagValues<Flags>;
}

/** One command, as its author writes it. */
export interface CommandDefinition<Flags extends FlagTable> {
  readonly name: string;
  /** One sentence in the imperative mood. */
  readonly summary: string;
  /** What else there is to know: paragraphs. */
  readonly details: readonly string[];
  readonly operands: readonly Operand[];
  readonly flags: Flags;
  /** The output formats that make sense for it; the first is the default. */
  readonly formats: readonly Format[];
  /** Calls that work, without the leading `concordat`. */
  readonly examples: readonly string[];
  run(invocation: Invocation<Flags>): Promise<Report>;
}

/** One command, whatever its flags are. */
export type Command = CommandDefinition<FlagTable>;

/** A command in the form in which all of them fit into one list. */
export function defineCommand<const Flags extends FlagTable>(
  definition: CommandDefinition<Flags>,
): Command {
  return {
    ...definition,
    // The values were read by this very table, in command-line.ts.
    run: (invocation) => definition.run(invocation as Invocation<Flags>),
  };
}
