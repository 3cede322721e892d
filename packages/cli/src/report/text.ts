/** A report for people at a terminal: what breaks first, grouped by who breaks, each with its witness. */
import type { Change, Verdict } from "../project/comparison.ts";
import type { Compared, Remark, RemarkKind, Report } from "./report.ts";
import { harmless, styled, type Style, type Terminal, wrapped } from "./terminal.ts";

/** What goes to the two outputs of a process. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** How each verdict is set. Worst first: that is the order in which findings are printed. */
const verdictStyles = {
  breaking: "red",
  undecided: "yellow",
  lossy: "yellow",
  compatible: "green",
} as const satisfies Record<Verdict, Style>;

const marks = {
  done: { mark: "", style: undefined },
  text: { mark: "", style: undefined },
  note: { mark: "note: ", style: "cyan" },
  warning: { mark: "warning: ", style: "yellow" },
  problem: { mark: "error: ", style: "red" },
} as const satisfies Record<RemarkKind, { mark: string; style: Style | undefined }>;

/** A report as text. Problems go to the error output, so that a pipe never swallows them. */
export function printText(report: Report, terminal: Terminal): Printed {
  const problems = report.remarks.filter(({ kind }) => kind === "problem");
  const remarks = report.remarks.filter(({ kind }) => kind !== "problem");
  const blocks = [
    ...report.compared.map((each) => comparedText(each, terminal)),
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
  const { mark, style } = marks[kind];
  const body = wrapped(`${mark}${harmless(text)}`, 0, terminal);
  return style === undefined ? body : styled(mark, style, terminal) + body.slice(mark.length);
}

function comparedText(compared: Compared, terminal: Terminal): string {
  const { comparison } = compared;
  const name = compared.contract === undefined ? "" : `${compared.contract} `;
  const title = styled(harmless(`${name}${compared.before} → ${compared.after}`), "bold", terminal);
  const verdict = styled(comparison.verdict, verdictStyles[comparison.verdict], terminal);
  const directions = [...new Set(comparison.changes.map(({ direction }) => direction))];
  const groups = directions.map((direction) => groupText(direction, compared, terminal));
  return [`${title}  ${verdict}`, ...groups.filter((group) => group !== "")].join("\n\n");
}

/** One direction is one group of people: those who would notice. */
function groupText(direction: string, compared: Compared, terminal: Terminal): string {
  const order = Object.keys(verdictStyles);
  const changes = compared.comparison.changes
    .filter((change) => change.direction === direction)
    .toSorted((left, right) => order.indexOf(left.verdict) - order.indexOf(right.verdict));
  const heading = `  ${styled(direction, "bold", terminal)}`;
  return [heading, ...changes.map((change) => changeText(change, compared, terminal))].join("\n");
}

function changeText(change: Change, compared: Compared, terminal: Terminal): string {
  const { verdict, rule, path, message } = change;
  const label = styled(verdict.padEnd(10), verdictStyles[verdict], terminal);
  const where = harmless([change.position, path].filter((part) => part !== "").join(" "));
  const lines = [
    `    ${label} ${where}  ${styled(rule, "dim", terminal)}`,
    wrapped(harmless(message), 15, terminal),
  ];
  if (change.witness !== undefined) lines.push(aside("breaks on", change.witness, terminal));
  if (change.adapter !== undefined) lines.push(aside("adapter", change.adapter, terminal));
  const allowed = compared.allowed.find((each) => each.change === change);
  if (allowed !== undefined) lines.push(aside("allowed", allowed.allowance.reason, terminal));
  return lines.join("\n");
}

function aside(label: string, value: unknown, terminal: Terminal): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return wrapped(harmless(`${label}: ${text}`), 15, terminal);
}
