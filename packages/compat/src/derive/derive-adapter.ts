/** What serves older clients between two neighbouring releases without anybody having to write it. */
import type {
  DerivedAdapter,
  DerivedConversion,
  ProcedureDocument,
  ReleaseDocument,
} from "@concordat/core";

import type { Change } from "../compare/change.ts";
import { compareReleases } from "../compare/compare-releases.ts";
import type { CompareOptions } from "../compare/compare-schemas.ts";
import { relaxed } from "./stated-defaults.ts";

/**
 * A conversion for every procedure that changed and of which it is proved that older clients can be served: its
 * messages fit as they are or with a loss, or they do once stated defaults of required properties are filled in.
 *
 * A tool calls it when it generates a server stub. Never throws at what stands in a schema.
 */
export function deriveAdapter(
  older: ReleaseDocument,
  newer: ReleaseDocument,
  options: CompareOptions = {},
): DerivedAdapter {
  const all = messageChanges(older, newer, options);
  const procedures: Record<string, DerivedConversion> = {};
  for (const [name, before] of Object.entries(older.procedures)) {
    const after = Object.hasOwn(newer.procedures, name) ? newer.procedures[name] : undefined;
    if (after === undefined || after.kind !== before.kind) continue;
    if (after.fingerprint === before.fingerprint) continue;
    const changes = all.filter(({ procedure }) => procedure === name);
    if (changes.some(({ rule }) => rule === "unreadable-schema")) continue;
    const conversion = changes.every(isServed)
      ? described(changes)
      : filled(name, only(older, name, before), only(newer, name, after), options);
    if (conversion !== undefined) procedures[name] = conversion;
  }
  return { from: older.release, to: newer.release, procedures };
}

/** A default is only proved to help if everything that is sent without it is served once it may be missing. */
function filled(
  name: string,
  older: ReleaseDocument,
  newer: ReleaseDocument,
  options: CompareOptions,
): DerivedConversion | undefined {
  const [before, after] = [older.procedures[name], newer.procedures[name]];
  if (before === undefined || after === undefined) return undefined;
  const { schema: request, steps } = relaxed(
    [before.request, older.definitions],
    [after.request, newer.definitions],
  );
  if (steps.length === 0) return undefined;
  const without = only(newer, name, { ...after, request, fingerprint: "" });
  const remaining = messageChanges(older, without, options);
  return remaining.every(isServed) ? { request: steps, ...described(remaining) } : undefined;
}

/** What changed for older clients in the messages; what a procedure promises beside them, no adapter can keep. */
function messageChanges(
  older: ReleaseDocument,
  newer: ReleaseDocument,
  options: CompareOptions,
): readonly Change[] {
  return compareReleases(older, newer, options).changes.filter(
    ({ direction, position }) => direction === "old-client-new-server" && position !== "procedure",
  );
}

/** A release with one procedure. */
function only(
  release: ReleaseDocument,
  name: string,
  procedure: ProcedureDocument,
): ReleaseDocument {
  return { ...release, procedures: Object.fromEntries([[name, procedure]]) };
}

function isServed({ verdict }: Change): boolean {
  return verdict === "compatible" || verdict === "lossy";
}

function described(changes: readonly Change[]): DerivedConversion {
  const lost = changes.filter(({ verdict }) => verdict === "lossy").map(({ path }) => path);
  return lost.length === 0 ? {} : { lost: [...new Set(lost)] };
}
