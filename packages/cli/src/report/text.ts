/** A report for people at a terminal. */
import { comparisonText } from "./comparison-text.ts";
import type { Remark, RemarkKind, Report } from "./report.ts";
import { harmless, styled, type Style, type Terminal, wrapped } from "./terminal.ts";

/** What goes to the two outputs of a process. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

const marks = {
  done: { mark: "" },
  text: { mark: "" },
  note: { mark: "note: ", style: "cyan" },
  warning: { mark: "warning: ", style: "yellow" },
  problem: { mark: "error: ", style: "red" },
} as const satisfies Record<RemarkKind, { readonly mark: string; readonly style?: Style }>;

/** A report as text. Problems go to the error output, so that a pipe never swallows them. */
export function printText(report: Report, terminal: Terminal): Printed {
  const problems = report.remarks.filter(({ kind }) => kind === "problem");
  const remarks = report.remarks.filter(({ kind }) => kind !== "problem");
  const blocks = [
    ...report.compared.map((each) => comparisonText(each, terminal)),
    remarks.map((each) => remarkText(each, terminal)).join("\n"),
  ];
  return {
    stdout: ended(blocks.filter((block) => block !== "").join("\n\n")),
    stderr: ended(problems.map((each) => remarkText(each, terminal)).join("\n")),
  };
}

function ended(text: string): string {
  return text === "" ? "" : `${text}\n`;
}

function remarkText({ kind, text }: Remark, terminal: Terminal): string {
  const rule: { readonly mark: string; readonly style?: Style } = marks[kind];
  const body = wrapped(`${rule.mark}${harmless(text)}`, 0, terminal);
  if (rule.style === undefined) return body;
  return styled(rule.mark, rule.style, terminal) + body.slice(rule.mark.length);
}
