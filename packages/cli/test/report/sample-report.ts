/** A report with a break, something lossy, an allowance and remarks, for every format to print. */
import { compareReleases } from "../../src/project/comparison.ts";
import { judge } from "../../src/project/allowance.ts";
import { gate } from "../../src/project/comparison.ts";
import type { Report } from "../../src/report/report.ts";
import { draftWith, releaseAfter, requestWith } from "../release-history.ts";

const before = releaseAfter(undefined, "1.0.0", draftWith(requestWith("sku", "gift?")));
const after = releaseAfter(before, "2.0.0", draftWith(requestWith("sku", "quantity", "note?")));

/** The folder that the sample's file lies in. */
export const root = "/checkout";

/** The report. `reason` is why the break is allowed; without one it is not. */
export function sampleReport(reason?: string): Report {
  const comparison = compareReleases(before, after);
  const file = "/checkout/src/a,b:c%.ts";
  const pair = { contract: "orders", before: "1.0.0", after: "2.0.0", comparison, file };
  const allow =
    reason === undefined ? [] : [{ rule: "required-property-added", path: "/quantity", reason }];
  return {
    status: "breaking",
    compared: [judge(pair, allow).compared],
    remarks: [
      { kind: "done", text: "Something is written." },
      { kind: "warning", text: "Look\nhere.", file },
      { kind: "problem", text: "This is wrong." },
    ],
  };
}

/** The same, where somebody counted who calls what breaks. */
export function usedReport(
  reason: string | undefined,
  { isExcused }: { readonly isExcused: boolean },
): Report {
  const report = sampleReport(reason);
  const compared = report.compared.map((each) => {
    const broken = each.comparison.changes.filter(
      ({ verdict, direction }) => verdict === "breaking" && direction === gate,
    );
    const usage = { calls: 2, connections: 1, callers: [] };
    const used = broken.map((change) => ({ change, usage, text: "Two call it.", isExcused }));
    return { ...each, used };
  });
  return { ...report, compared };
}
