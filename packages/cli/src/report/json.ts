/** A report for programs. */
import type { Report } from "./report.ts";
import { replaceForeign } from "./witness-text.ts";

/** A report as JSON: the result that the command's help describes, or the report itself. */
export function printJson(report: Report): string {
  const { result = { status: report.status, compared: report.compared, remarks: report.remarks } } =
    report;
  return `${JSON.stringify(result, replaceForeign, 2)}\n`;
}
