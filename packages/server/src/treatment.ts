/** What serving an older release costs, procedure by procedure: which calls are converted, and by whom. */
import type { ReleaseDocument } from "@concordat/core";

import type { Adapter } from "./adapter.ts";
import { procedureOf } from "./fate.ts";
import { findRoute } from "./route.ts";

/** How calls of a procedure get from an older release to the newest. */
export const treatments = {
  identity: "Its messages are the same in the newest release: nothing is converted.",
  projected:
    "Checked against both releases; what the caller's release does not declare is dropped.",
  written: "Converted by a written adapter on at least one step.",
  answered: "Answered by a written adapter, because a newer release does not have it any more.",
  unimplemented: "Its calls fail alone, because an adapter says so.",
} as const satisfies Record<string, string>;

/** One of {@link treatments}. */
export type Treatment = keyof typeof treatments;

/** The treatment of one procedure in one release. */
export interface ProcedureTreatment {
  /** The caller's release. */
  readonly release: string;
  readonly procedure: string;
  readonly treatment: Treatment;
}

/** The treatments of every procedure of the releases from index `start` on, in the order of history. */
export function* treatmentsIn(
  history: readonly ReleaseDocument[],
  adapters: ReadonlyMap<string, Adapter>,
  start: number,
): Generator<ProcedureTreatment> {
  for (const [index, document] of history.entries()) {
    if (index < start) continue;
    for (const procedure of Object.keys(document.procedures)) {
      const treatment = treatmentOf(history, adapters, index, procedure);
      yield { release: document.release, procedure, treatment };
    }
  }
}

function treatmentOf(
  history: readonly ReleaseDocument[],
  adapters: ReadonlyMap<string, Adapter>,
  index: number,
  procedure: string,
): Treatment {
  const search = findRoute(history, adapters, index, procedure);
  if (search.kind !== "route") return "unimplemented";
  const { up, down, at, procedure: name, answer } = search.route;
  if (answer !== undefined) return "answered";
  if (up.length > 0 || down.length > 0) return "written";
  const [caller, answering] = [printOf(history[index], procedure), printOf(history[at], name)];
  return caller === answering ? "identity" : "projected";
}

function printOf(document: ReleaseDocument | undefined, procedure: string): string | undefined {
  return document === undefined ? undefined : procedureOf(document, procedure)?.fingerprint;
}
