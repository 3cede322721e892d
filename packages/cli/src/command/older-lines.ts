/** What `check` says of releases that a major release left behind. */
import type { Verdict } from "../project/comparison.ts";
import type { Remark } from "../report/report.ts";

/** A supported release of an older line, and what the working tree means for its clients. */
export interface OlderRelease {
  readonly release: string;
  readonly verdict: Verdict;
}

/** One sentence for each verdict, however many releases there are: a history may have hundreds. */
export function olderLineRemarks(
  contract: string,
  older: readonly OlderRelease[],
): readonly Remark[] {
  const verdicts = new Set(older.map(({ verdict }) => verdict));
  return [...verdicts].map((verdict): Remark => {
    const group = older.filter((each) => each.verdict === verdict);
    const numbers = group.map(({ release }) => release).join(", ");
    const text =
      group.length === 1
        ? `${contract} ${numbers} is of an older line and needs adapters (${verdict}); a major release declared that.`
        : `${contract} ${numbers} are of older lines and need adapters (${verdict}); major releases declared that.`;
    return { kind: "note", text };
  });
}
