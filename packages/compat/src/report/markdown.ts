/** A comparison as the changelog of a release. */
import type { Change } from "../compare/change.ts";
import { type Compared, groups, type Reported, tally } from "./heading.ts";
import { printable, valueText } from "./printable.ts";

/** The changelog, without a line break at its end. */
export function markdownReport(comparison: Reported, compared: Compared): string {
  const lines = [
    `## ${escaped(compared.before)} → ${escaped(compared.after)}`,
    "",
    `**${comparison.verdict}**`,
  ];
  if ("rollback" in comparison) lines.push("", `Rolling back: **${comparison.rollback}**`);
  for (const { title, changes } of groups(comparison)) {
    lines.push("", `### ${title}`, "", `${tally(changes)}.`);
    for (const [procedure, own] of byProcedure(changes)) {
      lines.push("", procedure === undefined ? "Message:" : `#### ${code(procedure)}`, "");
      for (const change of own) lines.push(...itemOf(change));
    }
  }
  if (comparison.changes.length === 0) lines.push("", "No message changed.");
  return lines.join("\n");
}

function itemOf(change: Change): string[] {
  const where = [change.position === "procedure" ? "" : change.position, change.error ?? ""].filter(
    (part) => part !== "",
  );
  const path = change.path === "" ? "" : ` ${code(change.path)}`;
  const lines = [
    `- **${change.verdict}** ${where.join(" ")}${path}: ${escaped(change.message)} (${code(change.rule)})`,
  ];
  if ("witness" in change) lines.push(`  - witness: ${code(valueText(change.witness))}`);
  if (change.adapter !== undefined)
    lines.push(`  - drafted adapter: ${code(valueText(change.adapter))}`);
  return lines;
}

function byProcedure(
  changes: readonly Change[],
): ReadonlyMap<string | undefined, readonly Change[]> {
  const found = new Map<string | undefined, Change[]>();
  for (const change of changes)
    found.set(change.procedure, [...(found.get(change.procedure) ?? []), change]);
  return found;
}

function escaped(text: string): string {
  return printable(text).replaceAll(/[\\`*_[\]<>|#]/g, (character) => `\\${character}`);
}

/** A text as code; the fence is longer than any in it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const gap = longest > 0 ? " " : "";
  return `${fence}${gap}${printable(text)}${gap}${fence}`;
}
