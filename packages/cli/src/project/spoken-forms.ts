/** What a client may say to servers that are older than it is. */
import type { ReleaseDocument } from "@concordat/core";

import { offeredLine, type SpokenForms } from "../emit/offers.ts";
import { createComparer, type Direction, worstVerdict } from "./comparison.ts";

const rollback: Direction = "new-client-old-server";

/**
 * Of each older release that a client of the newest one offers: the procedures that changed since, and that it may
 * call as they were. All that it may say is accepted there, and all that it may hear is what it expects.
 */
export function spokenFormsIn(history: readonly ReleaseDocument[]): SpokenForms {
  const newest = history.at(-1);
  if (newest === undefined) return new Map();
  const comparer = createComparer();
  const older = offeredLine(history).slice(0, -1);
  return new Map(
    older.map((document) => {
      const { changes } = comparer.compareReleases(document, newest);
      const names = Object.keys(document.procedures).filter((name) => {
        const about = changes.filter((each) => each.procedure === name);
        const verdicts = about.filter((each) => each.direction === rollback);
        const worst = worstVerdict(verdicts.map(({ verdict }) => verdict));
        return isChanged(name, document, newest) && (worst === "compatible" || worst === "lossy");
      });
      return [document.release, new Set(names)];
    }),
  );
}

function isChanged(name: string, before: ReleaseDocument, after: ReleaseDocument): boolean {
  return (
    Object.hasOwn(after.procedures, name) &&
    after.procedures[name]?.fingerprint !== before.procedures[name]?.fingerprint
  );
}
