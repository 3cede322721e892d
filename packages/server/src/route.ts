/** The way of one procedure from an older release up to the newest: composed once, walked by every call. */
import type { ReleaseDocument } from "@concordat/core";

import type { Adapter } from "./adapter.ts";
import { type AnyAnswer, type Convert, fateOf } from "./fate.ts";

/** One conversion on the way. */
export interface Step {
  /** The older release of the pair that it lies between. */
  readonly from: string;
  readonly to: string;
  readonly convert: Convert;
}

/** Where a procedure of an older release ends up. */
export interface Route {
  /** From the older request to the newer, oldest step first. */
  readonly up: readonly Step[];
  /** From the newer response to the older, newest step first. */
  readonly down: readonly Step[];
  /** The index of the release in which the call is answered: the newest, or the last that had the procedure. */
  readonly at: number;
  /** The procedure's name there. */
  readonly procedure: string;
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
  adapters: ReadonlyMap<string, Adapter>,
  start: number,
  procedure: string,
): RouteSearch {
  const up: Step[] = [];
  const down: Step[] = [];
  let name = procedure;
  let older = history[start];
  let at = start;
  for (const newer of history.slice(start + 1)) {
    if (older === undefined) break;
    const { release: from } = older;
    const { release: to } = newer;
    const fate = fateOf(older, newer, adapters.get(from), name);
    if (fate.kind === "answer") {
      return { kind: "route", route: { up, down, at, procedure: name, answer: fate.answer } };
    }
    if (fate.kind === "missing") return { kind: "missing", from, to };
    if (fate.kind === "unimplemented") return fate;
    const { request, response } = fate;
    if (request !== undefined) up.push({ from, to, convert: request });
    if (response !== undefined) down.unshift({ from: to, to: from, convert: response });
    name = fate.name;
    older = newer;
    at += 1;
  }
  return { kind: "route", route: { up, down, at, procedure: name, answer: undefined } };
}
