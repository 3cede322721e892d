/** The way of one procedure from an older release up to the newest: found once, walked by every call. */
import type { ReleaseDocument } from "@concordat/core";
import { present } from "@concordat/core/internal";

import {
  type AnyAnswer,
  type AnyProcedureConversion,
  type Bridges,
  fateOf,
  procedureOf,
} from "../adapter/fate.ts";

/** One procedure in one release of a history. */
export interface Stop {
  /** The index of the release. */
  readonly at: number;
  /** The procedure's name there. */
  readonly procedure: string;
  /** The last release on the way in which it had another name. */
  readonly renamed?: Stop;
}

/** Two neighbouring releases between which the procedure changes. */
export interface Change {
  readonly from: string;
  readonly to: string;
  readonly older: Stop;
  readonly newer: Stop;
  readonly conversion: AnyProcedureConversion;
}

/** Where a procedure of an older release ends up. */
export interface Route {
  /** Where something changes on the way, oldest first. */
  readonly changes: readonly Change[];
  /** Where the call is answered: in the newest release, or the last that had the procedure. */
  readonly end: Stop;
  /** The adapter's own answer, where the procedure ends before the newest release. */
  readonly answer: AnyAnswer | undefined;
}

/** What can come of looking for a route. */
export type RouteSearch =
  | { readonly kind: "route"; readonly route: Route }
  /** The procedure ends here on purpose: its calls fail alone. */
  | { readonly kind: "unimplemented" }
  /** Nobody said what becomes of it between these two releases. */
  | { readonly kind: "missing"; readonly from: string; readonly to: string };

/** Finds the route of `procedure` from the release at `start`, through the adapters of each neighbouring pair. */
export function findRoute(
  history: readonly ReleaseDocument[],
  bridges: Bridges,
  start: number,
  procedure: string,
): RouteSearch {
  const changes: Change[] = [];
  let stop: Stop = { at: start, procedure };
  let older = history[start];
  for (let at = start + 1; at < history.length; at += 1) {
    const newer = history[at];
    if (older === undefined || newer === undefined) break;
    const { release: from } = older;
    const { release: to } = newer;
    const fate = fateOf(older, newer, bridges, stop.procedure);
    if (fate.kind === "answer")
      return { kind: "route", route: { changes, end: stop, answer: fate.answer } };
    if (fate.kind === "missing") return { kind: "missing", from, to };
    if (fate.kind === "unimplemented") return fate;
    const renamed = fate.name === stop.procedure ? stop.renamed : stop;
    const next: Stop = { at, procedure: fate.name, ...present({ renamed }) };
    if (fate.source !== "identity")
      changes.push({ from, to, older: stop, newer: next, conversion: fate.conversion });
    stop = next;
    older = newer;
  }
  return { kind: "route", route: { changes, end: stop, answer: undefined } };
}

/**
 * The releases in which a procedure is not what it is in the next one, as indices in order: calls from all releases
 * up to one of them are answered alike. The last release that has it is always one.
 */
export function turningPoints(
  history: readonly ReleaseDocument[],
  bridges: Bridges,
  procedure: string,
): readonly number[] {
  return [...history.keys()].filter((index) => {
    const [older, newer] = [history[index], history[index + 1]];
    if (older === undefined || procedureOf(older, procedure) === undefined) return false;
    if (newer === undefined) return true;
    const fate = fateOf(older, newer, bridges, procedure);
    return fate.kind !== "conversion" || fate.source !== "identity";
  });
}
