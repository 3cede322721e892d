/** A report as SARIF 2.1.0, for code scanning services. */
import { exitStatuses } from "../exit-status.ts";
import type { Compared } from "../project/compared.ts";
import { type Change, rules } from "../project/comparison.ts";
import { titleOf } from "../project/rule-title.ts";
import { type Finding, findingLines, findingsOf } from "./finding.ts";
import { relativeFile } from "./relative-file.ts";
import type { Remark, Report } from "./report.ts";
import { witnessText } from "./witness-text.ts";

/** A report as a SARIF log. `root` is the folder that locations are relative to. */
export function printSarif(report: Report, root: string): string {
  const findings = findingsOf(report);
  const marks = marksOf(findings);
  const used = new Set(findings.map(({ change }) => change.rule));
  const log = {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: {
          driver: {
            name: "concordat",
            rules: rules
              .filter(({ id }) => used.has(id))
              .map((rule) => ({
                id: rule.id,
                shortDescription: { text: titleOf(rule) },
                fullDescription: { text: rule.why },
                help: { text: rule.todo },
              })),
          },
        },
        invocations: [
          {
            executionSuccessful: report.status !== "unusable",
            exitCode: exitStatuses[report.status].code,
            toolExecutionNotifications: report.remarks.flatMap((remark) =>
              notification(remark, root),
            ),
          },
        ],
        results: findings.map((finding, index) => result(finding, root, marks[index])),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** The marks of findings. The two streams of one procedure may change in the same words: then the second one says so. */
function marksOf(findings: readonly Finding[]): readonly string[] {
  const counts = new Map<Compared, Map<string, number>>();
  return findings.map(({ change, compared }) => {
    const mark = markOf(change, compared);
    const own = counts.get(compared) ?? new Map<string, number>();
    const count = (own.get(mark) ?? 0) + 1;
    counts.set(compared, own.set(mark, count));
    return count === 1 ? mark : `${mark}|${count}`;
  });
}

/** What makes a finding the same one tomorrow: not its sentence, which may be worded better. */
function markOf(
  { procedure, position, error, path, rule, direction }: Change,
  { contract }: Compared,
): string {
  const parts = [contract, procedure, position, ...(error === undefined ? [] : [error])];
  return [...parts, path, rule, direction].join("|");
}

function result(finding: Finding, root: string, mark: string | undefined): object {
  const { change, compared, loudness, allowed } = finding;
  const { rule, direction, verdict, witness } = change;
  return {
    ruleId: rule,
    level: loudness,
    message: { text: findingLines(finding).join("\n") },
    ...locations(compared.file, root),
    partialFingerprints: { "concordat/v1": mark },
    ...(allowed === undefined
      ? {}
      : { suppressions: [{ kind: "external", justification: allowed }] }),
    properties: {
      verdict,
      direction,
      ...(witness === undefined ? {} : { witness: witnessText(witness) }),
    },
  };
}

function notification({ kind, text, file }: Remark, root: string): readonly object[] {
  if (kind === "done" || kind === "text") return [];
  const level = kind === "problem" ? "error" : kind;
  return [{ level, message: { text }, ...locations(file, root) }];
}

function locations(file: string | undefined, root: string): object {
  if (file === undefined) return {};
  const uri = relativeFile(root, file).split("/").map(encodeURIComponent).join("/");
  return { locations: [{ physicalLocation: { artifactLocation: { uri } } }] };
}
