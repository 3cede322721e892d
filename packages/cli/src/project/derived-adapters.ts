/** What lies between the releases of a history without anybody having written it. */
import type { DerivedAdapter, ReleaseDocument } from "@concordat/core";
import { isSameLine } from "@concordat/core/internal";

import { deriveAdapter } from "./comparison.ts";

/**
 * What was derived between neighbours of different lines. Inside a line the number says already that nothing has to
 * be written.
 */
export function derivedIn(history: readonly ReleaseDocument[]): readonly DerivedAdapter[] {
  return history.flatMap((newer, index) => {
    const older = history[index - 1];
    if (older === undefined || isSameLine(older.release, newer.release)) return [];
    const adapter = deriveAdapter(older, newer);
    return Object.keys(adapter.procedures).length === 0 ? [] : [adapter];
  });
}
