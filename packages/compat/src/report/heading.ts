/** What a report is about, and in which order it tells. */
import type { Change, Comparison, Direction, ReleaseComparison } from "../compare/change.ts";
import type { Verdict } from "../rule/rule.ts";
import { printable } from "./printable.ts";

/** What was compared: `orders 1.2.0`, or the name of a file. */
export interface Compared {
  readonly before: string;
  readonly after: string;
  /** The file that a finding is shown at, for formats that need one. */
  readonly file?: string;
}

/** The comparisons that can be reported. */
export type Reported = Comparison | ReleaseComparison;

/** Verdicts, the worst first. */
const verdictOrder: readonly Verdict[] = ["breaking", "undecided", "lossy", "compatible"];

const titles: { readonly [D in Direction]: string } = {
  "old-client-new-server": "Old clients with the new server",
  "new-client-old-server": "New clients with the old server",
};

/** Changes by who meets whom, the worst first; directions without a change are left out. */
export function groups(
  comparison: Reported,
): readonly { readonly title: string; readonly changes: readonly Change[] }[] {
  return (["old-client-new-server", "new-client-old-server"] as const)
    .map((direction) => ({
      title: titles[direction],
      changes: comparison.changes
        .filter((change) => change.direction === direction)
        .toSorted(
          (one, two) => verdictOrder.indexOf(one.verdict) - verdictOrder.indexOf(two.verdict),
        ),
    }))
    .filter(({ changes }) => changes.length > 0);
}

/** Where a change is: `place request /currency`. */
export function placeOf({ procedure, position, error, path }: Change): string {
  const parts = [
    procedure,
    position === "procedure" ? undefined : position,
    error,
    path === "" ? undefined : path,
  ];
  return printable(parts.filter((part) => part !== undefined).join(" "));
}

/** How many changes have each verdict, in words. */
export function tally(changes: readonly Change[]): string {
  const counts = verdictOrder.map(
    (verdict) => [changes.filter((change) => change.verdict === verdict).length, verdict] as const,
  );
  return (
    counts.flatMap(([count, verdict]) => (count > 0 ? [`${count} ${verdict}`] : [])).join(", ") ||
    "no change"
  );
}
