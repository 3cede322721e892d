/** One procedure in one release, and its way to where it is answered. */
import type { ProcedureDocument, ReleaseDocument } from "@concordat/core";

import { type Crossing, crossingsOf } from "./crossing.ts";
import type { Subject } from "./theatre.ts";

/** One end of a route. */
export interface Stop {
  readonly release: ReleaseDocument;
  readonly name: string;
  readonly procedure: ProcedureDocument;
}

/** What is called, and how it gets there. */
export interface Route {
  readonly caller: Stop;
  /** Where it is answered, by a handler or by an adapter of the release behind it. */
  readonly end: Stop;
  readonly crossings: readonly Crossing[];
  /** Those on which something may change. */
  readonly changes: readonly Crossing[];
  readonly outcome: "handled" | "answered" | "unimplemented";
}

/** The route of a procedure of the release at an index; `undefined` where nobody says what becomes of it. */
export function routeOf(subject: Subject, index: number, name: string): Route | undefined {
  const release = subject.history[index];
  const procedure = release?.procedures[name];
  if (release === undefined || procedure === undefined) return undefined;
  const crossings = crossingsOf(subject, index, name);
  const last = crossings.at(-1);
  const isEnded = last?.kind === "answered" || last?.kind === "unimplemented";
  const end = last === undefined ? release : isEnded ? last.older : last.newer;
  const endName = last === undefined ? name : isEnded ? last.from : last.to;
  const answering = end.procedures[endName];
  if (answering === undefined) return undefined;
  return {
    caller: { release, name, procedure },
    end: { release: end, name: endName, procedure: answering },
    crossings,
    changes: crossings.filter(({ kind }) => kind === "converted"),
    outcome: last?.kind === "answered" || last?.kind === "unimplemented" ? last.kind : "handled",
  };
}
