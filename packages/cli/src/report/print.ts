/** A report in one of the formats. */
import type { Format } from "./format.ts";
import { printGithub } from "./github.ts";
import { printJson } from "./json.ts";
import { printMarkdown } from "./markdown.ts";
import type { Report } from "./report.ts";
import { printSarif } from "./sarif.ts";
import type { Terminal } from "./terminal.ts";
import { type Printed, printText } from "./text.ts";

/** Where a report is printed to. */
export interface Outlet {
  readonly terminal: Terminal;
  /** The folder that files are relative to, where programs read of them: the checkout. */
  readonly root: string;
}

/** A report as the two outputs of a process. */
export function printed(report: Report, format: Format, { terminal, root }: Outlet): Printed {
  switch (format) {
    case "text":
      return printText(report, terminal);
    case "json":
      return toStdout(printJson(report, root));
    case "markdown":
      return toStdout(printMarkdown(report));
    case "github":
      return toStdout(printGithub(report, root));
    case "sarif":
      return toStdout(printSarif(report, root));
    default:
      return format satisfies never;
  }
}

function toStdout(stdout: string): Printed {
  return { stdout, stderr: "" };
}
