/** Whether anybody still calls what a change breaks. */
import type { ReleaseDocument } from "@concordat/core";

import type { Change, Comparison } from "./comparison.ts";
import { counted } from "./counted.ts";
import type { CountedFleet, CountedTime } from "./fleet-file.ts";

/** Who calls one procedure in one release. */
export interface Usage {
  /** How many calls were counted, whatever came of them. */
  readonly calls: number;
  /** How many connections that could make one are open. */
  readonly connections: number;
  /** By client, the most calls first. */
  readonly callers: readonly { readonly client: string; readonly calls: number }[];
}

/** A finding with who is affected by it. */
export interface Used {
  readonly change: Change;
  readonly usage: Usage;
  /** One sentence for a person. */
  readonly text: string;
  /** Whether it may pass, because nobody called it for long enough. */
  readonly isExcused: boolean;
}

/** What was counted, and from when on silence counts as an answer. */
export interface UseRule {
  readonly fleet: CountedFleet;
  /** For how many days nobody must have called what may break; `undefined` for nothing may. */
  readonly unusedDays: number | undefined;
}

const dayMs = 86_400_000;
const mostNamed = 3;

/**
 * Grades the breaks of a comparison by use. Those that are about no procedure, and those of a contract that was not
 * served where it was counted, are left as they are: nothing is known of them. So are notifications of the server.
 */
export function usedChanges(
  { contract, release, procedures }: ReleaseDocument,
  { changes }: Comparison,
  rule: UseRule,
): readonly Used[] {
  const time = rule.fleet.contracts.get(contract);
  if (time === undefined) return [];
  return changes.flatMap((change) => {
    const { procedure, verdict } = change;
    const isTrouble = verdict === "breaking" || verdict === "undecided";
    if (!isTrouble || procedure === undefined) return [];
    // What a server sends by itself nobody calls, and everybody may hear.
    const known = new Map(Object.entries(procedures)).get(procedure);
    if (known?.kind === "serverNotification") return [];
    const usage = usageOf(contract, release, procedure, rule.fleet);
    const isExcused = usage.calls === 0 && isSilenceAnAnswer(rule, time);
    return [{ change, usage, text: textOf(usage, release, rule, time), isExcused }];
  });
}

function isSilenceAnAnswer({ fleet, unusedDays }: UseRule, { watchedMs }: CountedTime): boolean {
  return fleet.isComplete && unusedDays !== undefined && watchedMs >= unusedDays * dayMs;
}

function usageOf(
  contract: string,
  release: string,
  procedure: string,
  { calls, connections }: CountedFleet,
): Usage {
  const byClient = new Map<string, number>();
  for (const row of calls) {
    if (row.contract !== contract || row.release !== release || row.procedure !== procedure)
      continue;
    byClient.set(row.client, (byClient.get(row.client) ?? 0) + row.calls);
  }
  const callers = [...byClient].map(([client, count]) => ({ client, calls: count }));
  const spoken = connections.filter((row) => row.contract === contract && row.release === release);
  return {
    calls: callers.reduce((sum, caller) => sum + caller.calls, 0),
    connections: spoken.reduce((sum, { open }) => sum + open, 0),
    callers: callers.toSorted((one, other) => other.calls - one.calls),
  };
}

function textOf(
  usage: Usage,
  release: string,
  { fleet, unusedDays }: UseRule,
  { watchedMs, since }: CountedTime,
): string {
  const { calls, connections } = usage;
  const there = `${counted(connections, "connection")} ${connections === 1 ? "speaks" : "speak"} ${release}`;
  const days = Math.floor(watchedMs / dayMs);
  const watched = `in ${counted(days, "day")} of counting since ${since}`;
  if (calls > 0) return `${counted(calls, "call")} ${watched}, by ${callersOf(usage)}; ${there}.`;
  const short =
    unusedDays === undefined || days >= unusedDays
      ? ""
      : ` Too short a time to pass: ${counted(unusedDays, "day")} ${unusedDays === 1 ? "was" : "were"} asked for.`;
  const gap = fleet.isComplete
    ? ""
    : " Some calls were counted without their procedure, so this is no proof.";
  return `Nobody called it ${watched}; ${there}.${short}${gap}`;
}

function callersOf({ callers }: Usage): string {
  const named = callers.slice(0, mostNamed).map(({ client, calls }) => `${client} (${calls})`);
  const rest = callers.length - named.length;
  return [...named, ...(rest === 0 ? [] : [`${rest} more`])].join(", ");
}
