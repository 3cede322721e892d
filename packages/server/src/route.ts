/** The way of one procedure from an older release up to the newest: composed once, walked by every call. */
import type { ReleaseDocument } from "@concordat/core";
import { isSameLine } from "@concordat/core/internal";

import type { Adapter, Answer, Conversion, ProcedureMessages } from "./adapter.ts";

/** Converts one value by one release. */
export type Convert = (value: unknown) => unknown;

/** An answer with the types of its messages forgotten: it runs on values that were checked. */
export type AnyAnswer = Answer<ProcedureMessages[string], ProcedureMessages>["answer"];

/** Where a procedure of an older release ends up. */
export interface Route {
  /** From the older request to the newer, oldest step first. */
  readonly up: readonly Convert[];
  /** From the newer response to the older, newest step first. */
  readonly down: readonly Convert[];
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
  const up: Convert[] = [];
  const down: Convert[] = [];
  let name = procedure;
  for (let at = start; at < history.length - 1; at += 1) {
    const step = stepOf(history[at], history[at + 1], adapters, name);
    if (step.kind === "answer") {
      return { kind: "route", route: { up, down, at, procedure: name, answer: step.answer } };
    }
    if (step.kind !== "conversion") return step;
    if (step.request !== undefined) up.push(step.request);
    if (step.response !== undefined) down.unshift(step.response);
    name = step.name;
  }
  const route = { up, down, at: history.length - 1, procedure: name, answer: undefined };
  return { kind: "route", route };
}

type Step =
  | {
      readonly kind: "conversion";
      readonly name: string;
      readonly request: Convert | undefined;
      readonly response: Convert | undefined;
    }
  | { readonly kind: "answer"; readonly answer: AnyAnswer }
  | Exclude<RouteSearch, { readonly kind: "route" }>;

function stepOf(
  older: ReleaseDocument | undefined,
  newer: ReleaseDocument | undefined,
  adapters: ReadonlyMap<string, Adapter>,
  name: string,
): Step {
  if (older === undefined || newer === undefined) return { kind: "unimplemented" };
  const written = writtenFor(adapters.get(older.release), name);
  if (written === "unimplemented") return { kind: "unimplemented" };
  if (written === "project") return pass(name);
  if (written !== undefined && "answer" in written)
    return { kind: "answer", answer: written.answer };
  if (written !== undefined) {
    const { renamedTo = name, request, response } = written;
    return { kind: "conversion", name: renamedTo, request, response };
  }
  const before = ownProcedure(older, name);
  const after = ownProcedure(newer, name);
  if (after !== undefined && before?.fingerprint === after.fingerprint) return pass(name);
  // Inside one line of releases the tool has proved that nothing has to be written: that is what its number says.
  if (after !== undefined && isSameLine(older.release, newer.release)) return pass(name);
  return { kind: "missing", from: older.release, to: newer.release };
}

function pass(name: string): Step {
  return { kind: "conversion", name, request: undefined, response: undefined };
}

function ownProcedure(
  { procedures }: ReleaseDocument,
  name: string,
): ReleaseDocument["procedures"][string] | undefined {
  return Object.hasOwn(procedures, name) ? procedures[name] : undefined;
}

type Written =
  | "project"
  | "unimplemented"
  | { readonly answer: AnyAnswer }
  | Conversion<ProcedureMessages[string], ProcedureMessages[string]>;

function writtenFor(adapter: Adapter | undefined, name: string): Written | undefined {
  if (adapter === undefined || !Object.hasOwn(adapter.procedures, name)) return undefined;
  return adapter.procedures[name];
}
