/** Single calls worth a look: those that do not look the same to all clients, and those that failed alone. */
import type { ClientOutcome } from "./client-table.ts";

/** Each call whose answer is not the same to all, with what was seen by whom: adapters at work, from outside. */
export function differentSights(outcomes: readonly ClientOutcome[]): readonly string[] {
  return [...sightsIn(outcomes)].flatMap(([call, sights]) =>
    sights.size < 2 ? [] : lines(call, sights),
  );
}

/** Each call that failed on a connection that lived on. */
export function lonelyFailures(outcomes: readonly ClientOutcome[]): readonly string[] {
  const failed = outcomes.map(({ revision, report }) => ({
    revision,
    report: { ...report, calls: report.calls.filter(({ outcome }) => outcome !== "ok") },
  }));
  return [...sightsIn(failed)].flatMap(([call, sights]) => lines(call, sights));
}

/** By call, what was seen, and by which revisions' clients. */
type Sights = ReadonlyMap<string, readonly string[]>;

function sightsIn(outcomes: readonly ClientOutcome[]): ReadonlyMap<string, Sights> {
  const all = new Map<string, Map<string, readonly string[]>>();
  for (const { revision, report } of outcomes) {
    if (report.refusal !== undefined) continue;
    for (const { call, outcome, saw } of report.calls) {
      const sights = all.get(call) ?? new Map<string, readonly string[]>();
      const sight = outcome === "ok" ? saw : `${outcome}: ${saw}`;
      all.set(call, sights.set(sight, [...(sights.get(sight) ?? []), revision]));
    }
  }
  return all;
}

function lines(call: string, sights: Sights): readonly string[] {
  return [
    call,
    ...[...sights].map(([sight, revisions]) => `    ${revisions.join(", ")}: ${sight}`),
  ];
}
