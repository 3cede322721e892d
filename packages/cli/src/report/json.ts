/** A report for programs. */
import { relativeFile } from "./relative-file.ts";
import type { Report } from "./report.ts";
import { replaceForeign } from "./witness-text.ts";

/**
 * A report as JSON: the result that the command's help describes, or the report itself.
 *
 * @param root The folder that files are relative to.
 */
export function printJson(report: Report, root: string): string {
  const { result = reportFrom(report, root) } = report;
  return `${JSON.stringify(result, replaceForeign, 2)}\n`;
}

function reportFrom({ status, compared, remarks }: Report, root: string): object {
  const named = <Of extends { readonly file?: string }>(entry: Of): Of =>
    entry.file === undefined ? entry : { ...entry, file: relativeFile(root, entry.file) };
  return { status, compared: compared.map(named), remarks: remarks.map(named) };
}
