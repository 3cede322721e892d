/** Imported revisions put behind the releases that are there: which are new, and what their numbers are. */
import type { Draft, ReleaseDocument } from "@concordat/core";

import {
  type NextRelease,
  nextRelease,
  saysTheSame,
  type Wishes,
} from "../project/next-release.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import type { Remark } from "../report/report.ts";

/** One revision, ready to be numbered. */
export interface ImportedRevision {
  readonly name: string;
  readonly draft: Draft;
}

/** What an import will do. */
export interface ImportPlan {
  readonly releases: readonly NextRelease[];
  /** Revisions that yield no release, and why. */
  readonly remarks: readonly Remark[];
}

/**
 * Numbers revisions, oldest first, behind a history.
 *
 * A revision that is there already is passed over, so that the same import can be run again when one more
 * revision has come out.
 *
 * @throws UnusableInput when a revision is there with another content: releases are never replaced.
 */
export function planImport(
  history: readonly ReleaseDocument[],
  revisions: readonly ImportedRevision[],
  wishes: Wishes,
): ImportPlan {
  const all = [...history];
  const releases: NextRelease[] = [];
  const remarks: Remark[] = [];
  for (const { name, draft } of revisions) {
    const present = history.find((release) => saysTheSame(release, draft));
    if (present !== undefined) {
      remarks.push({ kind: "note", text: `${name} is ${present.release} already.` });
      continue;
    }
    refuseReplacement(history, name, draft);
    const next = nextRelease(all, draft, wishes);
    // What says the same as a release was passed over above, and no two revisions have one name.
    if (next === undefined) continue;
    all.push(next.document);
    releases.push(next);
  }
  return { releases, remarks };
}

/** The doc text of an imported release names its revision. */
export function docOfRevision(revision: string): string {
  return `Revision ${revision}.`;
}

function refuseReplacement(history: readonly ReleaseDocument[], name: string, draft: Draft): void {
  const other = history.find(({ doc }) => doc !== undefined && doc === draft.doc);
  if (other === undefined) return;
  throw new UnusableInput(
    `${name} is ${other.contract} ${other.release} already, with another content, and a release never changes. Import with the same flags as before, or under another contract's name.`,
  );
}
