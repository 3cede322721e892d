/** What `check` says of releases that a major release left behind. */
import type { Verdict } from "../project/comparison.ts";
import type { Remark } from "../report/report.ts";

/** A supported release of an older line, and what the working tree means for its clients. */
export interface OlderRelease {
  readonly release: string;
  readonly verdict: Verdict;
}

/**
 * One sentence for each verdict, however many releases there are: a history may have hundreds.
 *
 * @param isBridged Whether all adapters that they need are known.
 */
export function olderLineRemarks(
  contract: string,
  older: readonly OlderRelease[],
  isBridged: boolean,
): readonly Remark[] {
  const verdicts = new Set(older.map(({ verdict }) => verdict));
  return [...verdicts].map((verdict): Remark => {
    const group = older.filter((each) => each.verdict === verdict);
    const numbers = group.map(({ release }) => release).join(", ");
    const [are, need, declared] =
      group.length === 1
        ? ["is of an older line", "needs", "a major release"]
        : ["are of older lines", "need", "major releases"];
    const how = isBridged ? "served through adapters" : `${need} adapters`;
    const text = `${contract} ${numbers} ${are} and ${how} (${verdict}); ${declared} declared that.`;
    return { kind: "note", text };
  });
}
