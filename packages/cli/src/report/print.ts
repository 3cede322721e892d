/** A report in one of the formats. */
import type { Format } from "./format.ts";
import { printJson } from "./json.ts";
import type { Report } from "./report.ts";
import type { Terminal } from "./terminal.ts";
import { type Printed, printText } from "./text.ts";

/** A report as the two outputs of a process. */
export function printed(report: Report, format: Format, terminal: Terminal): Printed {
  switch (format) {
    case "text":
      return printText(report, terminal);
    case "json":
      return { stdout: printJson(report), stderr: "" };
    default:
      return printText(report, terminal);
  }
}
