/** Findings that a person has looked at and allowed. */
import type { Compared } from "./compared.ts";
import { type Change, type Comparison, gate, type Verdict, worstVerdict } from "./comparison.ts";
import type { Allowance } from "./config-file.ts";

/** A comparison with the allowances that apply to it, and the verdict of what they leave. */
export interface Judged {
  readonly compared: Compared;
  readonly verdict: Verdict;
}

/**
 * Judges a comparison under the project's allowances.
 *
 * They excuse a finding from failing `check`. The number of the next release does not know them, so none of them
 * can turn a break into a minor step. The same holds for breaks that nobody calls.
 */
export function judge(pair: Omit<Compared, "allowed">, allowances: readonly Allowance[]): Judged {
  const { comparison, contract } = pair;
  const allowed = comparison.changes.filter(isTrouble).flatMap((change) => {
    const allowance = allowances.find((each) => applies(each, change, contract));
    return allowance === undefined ? [] : [{ change, allowance }];
  });
  const unused = (pair.used ?? []).filter(({ isExcused }) => isExcused);
  const excused = new Set([...allowed, ...unused].map(({ change }) => change));
  const verdict = excused.size === 0 ? comparison.verdict : verdictWithout(comparison, excused);
  return { compared: { ...pair, allowed }, verdict };
}

function isTrouble({ verdict }: Change): boolean {
  return verdict === "breaking" || verdict === "undecided";
}

function applies(allowance: Allowance, change: Change, contract: string | undefined): boolean {
  if (allowance.contract !== undefined && allowance.contract !== contract) return false;
  if (allowance.procedure !== undefined && allowance.procedure !== change.procedure) return false;
  return allowance.rule === change.rule && allowance.path === change.path;
}

function verdictWithout(comparison: Comparison, excused: ReadonlySet<Change>): Verdict {
  const rest = comparison.changes.filter(
    (change) => change.direction === gate && !excused.has(change),
  );
  return worstVerdict(rest.map(({ verdict }) => verdict));
}

/** The allowances that nothing needs: they hide nothing today, and may tomorrow. */
export function unusedAllowances(
  allowances: readonly Allowance[],
  needed: readonly Allowance[],
): readonly Allowance[] {
  const used = new Set(needed);
  return allowances.filter((allowance) => !used.has(allowance));
}
