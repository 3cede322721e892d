/** The findings of a report in one list, for formats that know no groups. */
import { present } from "@concordat/core/internal";

import { type Change, gate, type Verdict } from "../project/comparison.ts";
import { placeOf } from "./affected.ts";
import { remedyText } from "./remedy-text.ts";
import type { Report } from "./report.ts";
import type { Compared } from "../project/compared.ts";
import { witnessText } from "./witness-text.ts";

/** How loud a finding is said. */
export type Loudness = "error" | "warning" | "note";

/** One change with all that there is to say about it. */
export interface Finding {
  readonly change: Change;
  readonly compared: Compared;
  readonly loudness: Loudness;
  /** Why the settings allow it; absent where they do not. */
  readonly allowed?: string;
  /** Who calls it, where somebody counted. */
  readonly use?: string;
}

const loudness = {
  breaking: "error",
  undecided: "error",
  lossy: "warning",
  compatible: "note",
} as const satisfies Record<Verdict, Loudness>;

const order: readonly Loudness[] = ["error", "warning", "note"];

/**
 * All findings but those that affect nobody, loudest first: services show only so many.
 *
 * Only the gate can fail anything, so what a rollback would meet is a note.
 */
export function findingsOf(report: Report): readonly Finding[] {
  const findings = report.compared.flatMap((compared) =>
    compared.comparison.changes
      .filter(({ verdict }) => verdict !== "compatible")
      .map((change) => {
        const allowed = compared.allowed.find((each) => each.change === change)?.allowance.reason;
        const used = compared.used?.find((each) => each.change === change);
        const isExcused = allowed !== undefined || used?.isExcused === true;
        const isLoud = change.direction === gate && !isExcused;
        const level: Loudness = isLoud ? loudness[change.verdict] : "note";
        return present({ change, compared, loudness: level, allowed, use: used?.text });
      }),
  );
  return findings.toSorted(
    (left, right) => order.indexOf(left.loudness) - order.indexOf(right.loudness),
  );
}

/** A finding in sentences, one a line: what, where, on which value, what to do, who calls it, and why it is allowed. */
export function findingLines({ change, compared, allowed, use }: Finding): readonly string[] {
  const { message, witness, adapter, procedure } = change;
  const owner = [compared.contract, procedure].filter((part) => part !== undefined).join(" ");
  const place = [owner, placeOf(change)].filter((part) => part !== "").join(" ");
  return [
    `${place} (${compared.before} → ${compared.after}): ${message}`,
    ...(witness === undefined ? [] : [`Breaks on: ${witnessText(witness)}`]),
    ...(adapter === undefined ? [] : [`Remedy: ${remedyText(adapter)}`]),
    ...(use === undefined ? [] : [`In use: ${use}`]),
    ...(allowed === undefined ? [] : [`Allowed: ${allowed}`]),
  ];
}
