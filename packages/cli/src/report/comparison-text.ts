/** A comparison for people at a terminal: grouped by who breaks, with witness and remedy. */
import type { Change, Verdict } from "../project/comparison.ts";
import { affectedBy, type Affected, type AffectedProcedure, placeOf } from "./affected.ts";
import { remedyText } from "./remedy-text.ts";
import type { Compared } from "../project/compared.ts";
import { harmless, styled, type Style, type Terminal, wrapped } from "./terminal.ts";
import { witnessText } from "./witness-text.ts";

const styles = {
  breaking: "red",
  undecided: "yellow",
  lossy: "yellow",
  compatible: "green",
} as const satisfies Record<Verdict, Style>;

/** How far findings and what is said about them stand from the margin. */
const indents = { procedure: 4, change: 6, about: 8 };

/** A comparison as text. */
export function comparisonText(compared: Compared, terminal: Terminal): string {
  const { contract, before, after, comparison } = compared;
  const name = contract === undefined ? "" : `${contract} `;
  const title = styled(harmless(`${name}${before} → ${after}`), "bold", terminal);
  const groups = affectedBy(compared).map((affected) => groupText(affected, compared, terminal));
  return [`${title}: ${verdictText(comparison.verdict, terminal)}`, ...groups].join("\n\n");
}

function verdictText(verdict: Verdict, terminal: Terminal): string {
  return styled(verdict, styles[verdict], terminal);
}

function groupText(affected: Affected, compared: Compared, terminal: Terminal): string {
  const { who, verdict, procedures } = affected;
  const body = procedures.map((each) => procedureText(each, compared, terminal)).join("\n");
  if (who === undefined) return body;
  return `  ${styled(harmless(who), "bold", terminal)}: ${verdictText(verdict, terminal)}\n${body}`;
}

function procedureText(
  { name, changes }: AffectedProcedure,
  compared: Compared,
  terminal: Terminal,
): string {
  const heading = name === undefined ? [] : [" ".repeat(indents.procedure) + harmless(name)];
  const lines = changes.map((change) => changeText(change, compared, terminal));
  // One definition that is used in many places yields many findings that read alike.
  return [...heading, ...new Set(lines)].join("\n");
}

function changeText(change: Change, compared: Compared, terminal: Terminal): string {
  const { verdict, rule, message, witness, adapter } = change;
  const label = styled(verdict.padEnd(10), styles[verdict], terminal);
  const place = harmless(placeOf(change));
  const head = `${" ".repeat(indents.change)}${label} ${place}  ${styled(rule, "dim", terminal)}`;
  // What breaks nobody needs no sentence of its own: the rule says it, and "explain" says it at length.
  if (verdict === "compatible") return head;
  const allowed = compared.allowed.find((each) => each.change === change);
  const used = compared.used?.find((each) => each.change === change);
  const about = [
    message,
    ...(witness === undefined ? [] : [`Breaks on: ${witnessText(witness)}`]),
    ...(adapter === undefined ? [] : [`Remedy: ${remedyText(adapter)}`]),
    ...(used === undefined ? [] : [`In use: ${used.text}`]),
    ...(allowed === undefined ? [] : [`Allowed: ${allowed.allowance.reason}`]),
  ];
  return [head, ...about.map((text) => wrapped(harmless(text), indents.about, terminal))].join(
    "\n",
  );
}
