/** What serving an older release costs, procedure by procedure: which calls are converted, and by whom. */
import type { ReleaseDocument } from "@concordat/core";

import type { Adapter } from "./adapter.ts";
import { fateOf, procedureOf } from "./fate.ts";
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

/** The treatment between two neighbouring releases. */
export interface TreatmentStep {
  /** The older release of the two. */
  readonly from: string;
  readonly to: string;
  readonly treatment: Treatment;
}

/** The treatment of one procedure in one release. */
export interface ProcedureTreatment {
  /** The caller's release. */
  readonly release: string;
  readonly procedure: string;
  /** From the caller's release to where the call is answered. */
  readonly treatment: Treatment;
  /** The same step by step, up to the newest release or to where the procedure ends. */
  readonly steps: readonly TreatmentStep[];
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
      const steps = [...stepsOf(history.slice(index), adapters, procedure)];
      yield { release: document.release, procedure, treatment, steps };
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
  return unwritten(history[index], procedure, history[at], name);
}

function* stepsOf(
  history: readonly ReleaseDocument[],
  adapters: ReadonlyMap<string, Adapter>,
  procedure: string,
): Generator<TreatmentStep> {
  let name = procedure;
  let [older] = history;
  for (const newer of history.slice(1)) {
    if (older === undefined) return;
    const { release: from } = older;
    const { release: to } = newer;
    const fate = fateOf(older, newer, adapters.get(from), name);
    if (fate.kind !== "conversion") {
      yield { from, to, treatment: fate.kind === "answer" ? "answered" : "unimplemented" };
      return;
    }
    const isWritten = fate.request !== undefined || fate.response !== undefined;
    yield { from, to, treatment: isWritten ? "written" : unwritten(older, name, newer, fate.name) };
    older = newer;
    name = fate.name;
  }
}

function unwritten(
  older: ReleaseDocument | undefined,
  name: string,
  newer: ReleaseDocument | undefined,
  newName: string,
): "identity" | "projected" {
  return printOf(older, name) === printOf(newer, newName) ? "identity" : "projected";
}

function printOf(document: ReleaseDocument | undefined, procedure: string): string | undefined {
  return document === undefined ? undefined : procedureOf(document, procedure)?.fingerprint;
}
