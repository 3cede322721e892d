/** A report in Markdown: the changelog of a release, or the comment under a pull request. */
import { type Change, gate, type Verdict } from "../project/comparison.ts";
import { affectedBy, placeOf } from "./affected.ts";
import { remedyText } from "./remedy-text.ts";
import type { Remark, Report } from "./report.ts";
import type { Compared } from "../project/compared.ts";
import { witnessText } from "./witness-text.ts";

const headings = {
  breaking: "Breaking",
  undecided: "Not proved, so treated as breaking",
  lossy: "Accepted, with something dropped",
  compatible: "Compatible",
} as const satisfies Record<Verdict, string>;

/** A report as Markdown. */
export function printMarkdown(report: Report): string {
  const blocks = [
    ...report.compared.map(comparedBlock),
    report.remarks.map(remarkLine).join("\n"),
  ].filter((block) => block !== "");
  return `${blocks.join("\n\n")}\n`;
}

function comparedBlock(compared: Compared): string {
  const { contract, before, after } = compared;
  const title = contract === undefined ? `${before} → ${after}` : `${contract} ${after}`;
  const groups = affectedBy(compared);
  const summary = groups.map(({ who, verdict }) => `${plain(who ?? "Verdict")}: **${verdict}**.`);
  const sections = groups.flatMap(({ direction, who, procedures }) => {
    const changes = procedures.flatMap((procedure) => procedure.changes);
    if (direction === gate) return verdictSections(changes, compared);
    const noticed = changes.filter(({ verdict }) => verdict !== "compatible");
    return section(plain(who ?? "Rollback"), noticed, compared);
  });
  const lead = groups.length === 0 ? ["Nothing changed."] : [summary.join("\n")];
  return [`## ${plain(title)}`, ...lead, ...sections].join("\n\n");
}

function verdictSections(changes: readonly Change[], compared: Compared): readonly string[] {
  const verdicts: readonly Verdict[] = ["breaking", "undecided", "lossy", "compatible"];
  return verdicts.flatMap((verdict) =>
    section(
      headings[verdict],
      changes.filter((change) => change.verdict === verdict),
      compared,
    ),
  );
}

function section(
  heading: string,
  changes: readonly Change[],
  compared: Compared,
): readonly string[] {
  if (changes.length === 0) return [];
  const lines = new Set(changes.map((change) => changeLines(change, compared)));
  return [`### ${heading}\n\n${[...lines].join("\n")}`];
}

function changeLines(change: Change, compared: Compared): string {
  const { procedure, rule, message, witness, adapter } = change;
  const owner = procedure === undefined ? "" : `${code(procedure)} `;
  const allowed = compared.allowed.find((each) => each.change === change)?.allowance.reason;
  const used = compared.used?.find((each) => each.change === change);
  return [
    `- ${owner}${code(placeOf(change))}: ${plain(message)} (${code(rule)})`,
    ...(witness === undefined ? [] : [`  - Breaks on ${code(witnessText(witness))}`]),
    ...(adapter === undefined ? [] : [`  - Remedy: ${plain(remedyText(adapter))}`]),
    ...(used === undefined ? [] : [`  - In use: ${plain(used.text)}`]),
    ...(allowed === undefined ? [] : [`  - Allowed: ${plain(allowed)}`]),
  ].join("\n");
}

function remarkLine({ kind, text }: Remark): string {
  const mark = kind === "done" || kind === "text" ? "" : `**${kind}:** `;
  return text
    .split("\n")
    .map((line, index) => (index === 0 ? `- ${mark}${plain(line)}` : `  ${plain(line)}`))
    .join("\n");
}

/** Text that stays text: names and values come from anybody's schemas. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, "\\$&").replaceAll("\n", " ");
}

/** A code span, fenced by more backticks than stand inside. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${pad}${text.replaceAll("\n", " ")}${pad}${fence}`;
}
