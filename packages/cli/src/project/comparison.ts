/** The seam to the compatibility engine: everything that the commands know of comparing. */
import type { Json, ReleaseDocument, Schema } from "@concordat/core";
import type { Step } from "@concordat/core/internal";

/** What a change means for those who meet it. */
export type Verdict = "compatible" | "lossy" | "undecided" | "breaking";

/** One change between two releases or schemas. */
export interface Change {
  readonly rule: string;
  readonly path: string;
  readonly position: string;
  readonly direction: string;
  readonly verdict: Verdict;
  readonly message: string;
  readonly witness?: Json;
  readonly adapter?: unknown;
}

/** What comparing yields; `--format json` prints exactly this. */
export interface Comparison {
  readonly verdict: Verdict;
  readonly lossy: readonly unknown[];
  readonly changes: readonly Change[];
}

/** The direction that gates: the clients that are out there meet the server that is about to be. */
export const gate = "old client, new server";

/** Compares two releases in both directions; the verdict is that of the gate. */
export function compareReleases(before: ReleaseDocument, after: ReleaseDocument): Comparison {
  const changes: Change[] = [];
  for (const [name, { fingerprint }] of Object.entries(before.procedures)) {
    const now = Object.hasOwn(after.procedures, name) ? after.procedures[name] : undefined;
    const at = { path: name, position: "procedure", direction: gate } as const;
    if (now === undefined) {
      const message = `${name} was removed: older clients still call it`;
      changes.push({ ...at, rule: "procedure-removed", verdict: "breaking", message });
    } else if (now.fingerprint !== fingerprint) {
      const message = `the messages of ${name} changed`;
      changes.push({ ...at, rule: "procedure-changed", verdict: "undecided", message });
    }
  }
  for (const name of Object.keys(after.procedures)) {
    if (Object.hasOwn(before.procedures, name)) continue;
    const at = { path: name, position: "procedure", direction: gate } as const;
    const message = `${name} was added`;
    changes.push({ ...at, rule: "procedure-added", verdict: "compatible", message });
  }
  return { verdict: worstVerdict(changes.map((each) => each.verdict)), lossy: [], changes };
}

/** Compares two bare schemas at one position. */
export function compareSchemas(
  before: Schema,
  after: Schema,
  position: "request" | "response",
): Comparison {
  const same = JSON.stringify(before) === JSON.stringify(after);
  const message = "the schemas differ";
  const at = { rule: "schema-changed", path: "", position, direction: gate } as const;
  const changes: readonly Change[] = same ? [] : [{ ...at, verdict: "undecided", message }];
  return { verdict: worstVerdict(changes.map((each) => each.verdict)), lossy: [], changes };
}

/** The step that a comparison demands of the next release. */
export function stepOf(comparison: Comparison): Step {
  if (comparison.verdict === "breaking" || comparison.verdict === "undecided") return "major";
  return comparison.changes.length > 0 ? "minor" : "patch";
}

/** The worst of several verdicts; `compatible` for none. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict[] = ["compatible", "lossy", "undecided", "breaking"];
  return order.findLast((verdict) => verdicts.includes(verdict)) ?? "compatible";
}

/** One kind of change. */
export interface Rule {
  readonly id: string;
}

/** All rules. */
export const rules: readonly Rule[] = [];

/** A rule by its id. */
export function explainRule(id: string): Rule | undefined {
  return rules.find((rule) => rule.id === id);
}
