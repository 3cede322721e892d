/** One row for each client: what was agreed on, what it called, what was adapted for it. */
import type { ProcedureTreatment } from "@concordat/server";

import type { CallReport, ClientReport } from "../client/client-report.ts";
import { textTable } from "./text-table.ts";

/** A client's report, with the revision that its release is called by. */
export interface ClientOutcome {
  readonly revision: string;
  readonly report: ClientReport;
}

/** The table, with each refusal in words below its row. */
export function clientTable(
  outcomes: readonly ClientOutcome[],
  treatments: readonly ProcedureTreatment[],
): readonly string[] {
  const heading = ["client", "revision", "negotiated", "outcome", "calls made", "adapted"];
  const rows = outcomes.map(({ revision, report }) => [
    `mcp ${report.release}`,
    revision,
    report.negotiated === "" ? "none" : report.negotiated,
    outcomeOf(report),
    callsIn(report.calls),
    adaptedFor(report, treatments),
  ]);
  const [head = "", rule = "", ...lines] = textTable([heading, ...rows]);
  const worded = lines.flatMap((line, index) => [line].concat(refusalIn(outcomes[index]?.report)));
  return [head, rule, ...worded];
}

/** In two or three words how it went. */
export function outcomeOf({ refusal, ended }: ClientReport): string {
  return refusal === undefined ? "served" : `refused by ${ended}`;
}

function callsIn(calls: readonly CallReport[]): string {
  const fine = calls.filter(({ outcome }) => outcome === "ok").length;
  return `${calls.length}: ${fine} ok, ${calls.length - fine} failed`;
}

/** How the procedures that this client called were treated. */
function adaptedFor(
  { release, calls }: ClientReport,
  treatments: readonly ProcedureTreatment[],
): string {
  const called = new Set(calls.map(({ call }) => procedureIn(call)));
  const own = treatments.filter((each) => each.release === release && called.has(each.procedure));
  return own.length === 0 ? "nothing" : countsOf(own.map(({ treatment }) => treatment));
}

function procedureIn(call: string): string {
  return call.split(" ")[0] ?? "";
}

function refusalIn(report: ClientReport | undefined): readonly string[] {
  if (report?.refusal === undefined) return [];
  const { error, closeCode, mustMove, message, upgradeUrl } = report.refusal;
  return [
    `    ${error} ${closeCode}: "${message}"`,
    `    The ${mustMove} has to move: ${upgradeUrl}. Sockets opened: ${report.dials}.`,
  ];
}

/** `3 ok, 1 not_found`: the most frequent first. */
function countsOf(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const ranked = [...counts].toSorted(([, left], [, right]) => right - left);
  return ranked.map(([word, count]) => `${count} ${word}`).join(", ");
}
