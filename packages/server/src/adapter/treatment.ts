/** What serving an older release costs, procedure by procedure: which calls are converted, and by whom. */
import type { ReleaseDocument } from "@concordat/core";

import { type AnyProcedureConversion, type Bridges, type Fate, fateOf } from "./fate.ts";

/** How calls of a procedure get from an older release to the newest. */
export const treatments = {
  identity: "Its messages are the same in the newest release: nothing is converted.",
  projected:
    "Checked against both releases; what the caller's release does not declare is dropped. The release number or an adapter says that this is enough.",
  derived: "As `concordat generate` derived it between two majors; nobody had to write it.",
  declarative: "Converted by steps of a written adapter: data, put together with what is derived.",
  written: "Converted by a function of a written adapter on at least one step.",
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
  bridges: Bridges,
  start: number,
): Generator<ProcedureTreatment> {
  for (const [index, document] of history.entries()) {
    if (index < start) continue;
    for (const procedure of Object.keys(document.procedures)) {
      const steps = [...stepsOf(history.slice(index), bridges, procedure)];
      const treatment = heaviest(steps.map((step) => step.treatment));
      yield { release: document.release, procedure, treatment, steps };
    }
  }
}

function* stepsOf(
  history: readonly ReleaseDocument[],
  bridges: Bridges,
  procedure: string,
): Generator<TreatmentStep> {
  let name = procedure;
  let [older] = history;
  for (const newer of history.slice(1)) {
    if (older === undefined) return;
    const { release: from } = older;
    const { release: to } = newer;
    const fate = fateOf(older, newer, bridges, name);
    yield { from, to, treatment: treatmentOf(fate) };
    if (fate.kind !== "conversion") return;
    older = newer;
    name = fate.name;
  }
}

function treatmentOf(fate: Fate): Treatment {
  if (fate.kind === "answer") return "answered";
  if (fate.kind !== "conversion") return "unimplemented";
  const { source, conversion } = fate;
  if (source !== "written") return source === "proved" ? "projected" : source;
  if (isEmpty(conversion)) return "projected";
  return isData(conversion) ? "declarative" : "written";
}

/** Whether it is all steps. What becomes of a name is data too. */
function isData({ request, response, errors = {}, metadata }: AnyProcedureConversion): boolean {
  const payloads = Object.values(errors).map((error) =>
    typeof error === "object" ? error.payload : undefined,
  );
  return (
    metadata === undefined &&
    [request, response, ...payloads].every((part) => part === undefined || Array.isArray(part))
  );
}

function isEmpty({ request, response, errors, metadata }: AnyProcedureConversion): boolean {
  return [request, response, errors, metadata].every((part) => part === undefined);
}

/** Of several steps, what the calls cost or need most. */
function heaviest(steps: readonly Treatment[]): Treatment {
  const order = Object.keys(treatments);
  return steps.reduce<Treatment>(
    (heavy, step) => (order.indexOf(step) > order.indexOf(heavy) ? step : heavy),
    "identity",
  );
}
