/** Changes sorted by whom they affect: first the people, then the procedure, then how bad it is. */
import { present } from "@concordat/core/internal";

import {
  type Change,
  type Direction,
  gate,
  type Verdict,
  worstVerdict,
} from "../project/comparison.ts";
import type { Compared } from "../project/compared.ts";

/** The changes of one procedure in one direction, worst first. */
export interface AffectedProcedure {
  /** The procedure; absent for bare schemas. */
  readonly name?: string;
  readonly changes: readonly Change[];
}

/** Everything that one pairing of client and server notices. */
export interface Affected {
  /** Who they are, as a heading; absent for bare schemas. */
  readonly who?: string;
  readonly direction: Direction;
  readonly verdict: Verdict;
  readonly procedures: readonly AffectedProcedure[];
}

const order: readonly Verdict[] = ["breaking", "undecided", "lossy", "compatible"];

/** Whom a comparison affects. The gate comes first: it is about the clients that are out there. */
export function affectedBy(compared: Compared): readonly Affected[] {
  const { changes } = compared.comparison;
  const directions: readonly Direction[] = [gate, "new-client-old-server"];
  return directions.flatMap((direction) => {
    const mine = changes.filter((change) => change.direction === direction);
    if (mine.length === 0) return [];
    const verdict = worstVerdict(mine.map((change) => change.verdict));
    const who = compared.contract === undefined ? undefined : whoMeets(direction, compared);
    return [present({ who, direction, verdict, procedures: byProcedure(mine) })];
  });
}

function whoMeets(direction: Direction, { before, after }: Compared): string {
  const [client, server] = direction === gate ? [before, after] : [after, before];
  const rollback = direction === gate ? "" : " (rollback)";
  return `Clients of ${client}, server of ${server}${rollback}`;
}

function byProcedure(changes: readonly Change[]): readonly AffectedProcedure[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const name = change.procedure ?? "";
    groups.set(name, [...(groups.get(name) ?? []), change]);
  }
  const procedures = [...groups].map(([name, group]) =>
    present({
      name: name === "" ? undefined : name,
      changes: group.toSorted((left, right) => rank(left) - rank(right)),
    }),
  );
  return procedures.toSorted((left, right) => rank(left.changes[0]) - rank(right.changes[0]));
}

function rank(change: Change | undefined): number {
  return change === undefined ? order.length : order.indexOf(change.verdict);
}

/** Where a change is, within its procedure: `request /lines/0/sku`. */
export function placeOf({ position, error, path }: Change): string {
  return [position, error, path].filter((part) => part !== undefined && part !== "").join(" ");
}
