/** A comparison for people at a terminal: grouped by who breaks, with witness and remedy. */
import type { Change } from "../compare/change.ts";
import type { Verdict } from "../rule/rule.ts";
import { explain } from "../rule/rules.ts";
import { type Compared, groups, placeOf, type Reported, tally } from "./heading.ts";
import { printable, valueText } from "./printable.ts";

/** How a text report is made. */
export interface TextOptions {
  /** Colours for terminals. Default "none". */
  readonly colour?: "none" | "ansi";
}

const colours: { readonly [V in Verdict]: number } = {
  breaking: 31,
  undecided: 35,
  lossy: 33,
  compatible: 32,
};

/** The report, without a line break at its end. */
export function textReport(
  comparison: Reported,
  compared: Compared,
  { colour = "none" }: TextOptions = {},
): string {
  const paint = (verdict: Verdict, text: string): string =>
    colour === "ansi" ? `\u001B[${colours[verdict]}m${text}\u001B[39m` : text;
  const lines = [
    `${paint(comparison.verdict, comparison.verdict)}  ${printable(compared.before)} -> ${printable(compared.after)}`,
  ];
  if ("rollback" in comparison)
    lines.push(`rollback: ${paint(comparison.rollback, comparison.rollback)}`);
  for (const { title, changes } of groups(comparison)) {
    lines.push("", `${title}: ${tally(changes)}`);
    for (const change of changes) lines.push(...linesOf(change, paint));
  }
  if (comparison.changes.length === 0) lines.push("", "No message changed.");
  return lines.join("\n");
}

function linesOf(change: Change, paint: (verdict: Verdict, text: string) => string): string[] {
  const { verdict, rule, message } = change;
  const lines = [
    `  ${paint(verdict, verdict.padEnd(10))} ${placeOf(change)}  [${rule}]`,
    `      ${printable(message)}`,
  ];
  if ("witness" in change) lines.push(`      witness: ${valueText(change.witness)}`);
  if (change.adapter !== undefined) lines.push(`      adapter: ${valueText(change.adapter)}`);
  else if (verdict === "breaking" || verdict === "undecided")
    lines.push(`      remedy:  ${explain(rule)?.todo ?? ""}`);
  return lines;
}
