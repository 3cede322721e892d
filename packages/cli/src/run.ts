/** One run of the command, from words to texts and a status: everything of it but the process. */
import { ContractError } from "@concordat/core";
import { messageOf } from "@concordat/core/internal";

import { requestOf } from "./command/command-line.ts";
import { commands } from "./command/commands.ts";
import { helpOf, overview } from "./command/help.ts";
import { type ExitStatus, exitStatuses } from "./exit-status.ts";
import { UnusableInput } from "./project/unusable-input.ts";
import type { Format } from "./report/format.ts";
import { type Outlet, printed } from "./report/print.ts";
import type { Report } from "./report/report.ts";
import type { Printed } from "./report/text.ts";

/** Where a run happens. */
export interface Surroundings {
  readonly cwd: string;
  readonly outlet: Outlet;
  /** What `--version` prints. */
  readonly ownVersion: string;
  /** Rejects when something goes wrong that no command waits for. Default: nothing does. */
  readonly mishap?: Promise<never>;
}

/** What a run leaves behind. */
export interface Outcome extends Printed {
  readonly exitCode: number;
}

/**
 * Runs a command line. Never throws: whatever goes wrong becomes a sentence and a status.
 *
 * @param words The arguments after the program's name.
 */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<Outcome> {
  const { cwd, outlet } = surroundings;
  // Before the words are understood, this is the best guess at who reads the answer.
  let format: Format = words.includes("json") || words.includes("--format=json") ? "json" : "text";
  try {
    const request = requestOf(words, commands, cwd);
    if (request.asks === "version") return plain(`${surroundings.ownVersion}\n`);
    if (request.asks === "help") {
      const { command } = request;
      return plain(
        command === undefined
          ? overview(commands, outlet.terminal)
          : helpOf(command, outlet.terminal),
      );
    }
    format = request.format;
    const running = request.command.run(request.invocation);
    const { mishap = running } = surroundings;
    return ended(await Promise.race([running, mishap]), format, outlet);
  } catch (error) {
    return ended(reportOf(error), format, outlet);
  }
}

function plain(stdout: string): Outcome {
  return { stdout, stderr: "", exitCode: exitStatuses.ok.code };
}

function ended(report: Report, format: Format, outlet: Outlet): Outcome {
  const { code } = exitStatuses[report.status];
  return { ...printed(report, format, outlet), exitCode: code };
}

function reportOf(error: unknown): Report {
  const status: ExitStatus = "unusable";
  if (error instanceof UnusableInput) {
    const file = error.file === undefined ? {} : { file: error.file };
    return { status, compared: [], remarks: [{ kind: "problem", text: error.message, ...file }] };
  }
  const known = error instanceof ContractError;
  const message = messageOf(error);
  const text = known ? message : `concordat has a defect, please report it: ${message}`;
  return { status, compared: [], remarks: [{ kind: "problem", text }] };
}
