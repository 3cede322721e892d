/** The release that follows: its number derived from what changed, never chosen. */
import type { Draft, ReleaseDocument } from "@concordat/core";
import {
  canonicalJson,
  isSameLine,
  majorOf,
  nextReleaseNumber,
  type Step,
} from "@concordat/core/internal";

import { type Comparer, type Comparison, createComparer, stepOf } from "./comparison.ts";

/** What a person may ask for. A larger step than the derived one, never a smaller. */
export interface Wishes {
  /** The smallest step to take. Default `patch`. */
  readonly atLeast?: Step;
  /** The number of a contract's first release. Default 1.0.0. */
  readonly first?: string;
  /** Whether a 0.x contract becomes 1.0.0 with this release. Default `stay`. */
  readonly below1?: "stay" | "leave";
}

/** A release that is ready to be written. */
export interface NextRelease {
  readonly document: ReleaseDocument;
  /** The release before it; absent for the first. */
  readonly before?: ReleaseDocument;
  /** What changed since then; absent for the first. */
  readonly comparison?: Comparison;
  /** The step that was taken; absent for the first. */
  readonly step?: Step;
}

const order: readonly Step[] = ["patch", "minor", "major"];

/**
 * The release that freezes a draft, or undefined when it says the same as the newest one, texts included.
 *
 * A minor step promises that *every* older release of the line is served without an adapter, so the draft
 * is compared with all of them: neighbours that each fit do not add up to a whole line that fits. Whether only
 * texts changed is seen beside the newest one.
 */
export function nextRelease(
  history: readonly ReleaseDocument[],
  draft: Draft,
  wishes: Wishes = {},
  comparer: Comparer = createComparer(),
): NextRelease | undefined {
  const before = history.at(-1);
  if (before === undefined) {
    return { document: { ...draft, release: wishes.first ?? "1.0.0", previous: null } };
  }
  if (saysTheSame(before, draft)) return undefined;

  const after: ReleaseDocument = {
    ...draft,
    release: before.release,
    previous: before.fingerprint,
  };
  const stepFrom = (release: ReleaseDocument): Step =>
    stepOf(comparer.compareReleases(release, after));
  const line = history.filter(({ release }) => isSameLine(release, before.release));
  const least = line.some((release) => stepFrom(release) === "major") ? "major" : stepFrom(before);
  const step = largestStep([least, wishes.atLeast ?? "patch"]);
  const number = numberAfter(before.release, step, wishes);
  const document = { ...after, release: number };
  return { document, before, step, comparison: comparer.compareReleases(before, document) };
}

/** Whether a release and a draft are the same to the last text. */
export function saysTheSame(release: ReleaseDocument, draft: Draft): boolean {
  const numbered = { ...draft, release: release.release, previous: release.previous };
  return canonicalJson(numbered) === canonicalJson(release);
}

/** The largest of several steps; `patch` for none. */
function largestStep(steps: readonly Step[]): Step {
  return order.findLast((step) => steps.includes(step)) ?? "patch";
}

function numberAfter(release: string, step: Step, { below1 = "stay" }: Wishes): string {
  const leaves = below1 === "leave" && majorOf(release) === 0;
  return leaves ? "1.0.0" : nextReleaseNumber(release, step);
}
