/** One row for each procedure: how its calls get from each release to the next, as the server says it. */
import {
  type ProcedureTreatment,
  type Treatment,
  treatments,
  type TreatmentStep,
} from "@concordat/server";

import { textTable } from "./text-table.ts";

/** The table, and how many of each there are. A procedure that a release does not have leaves a gap. */
export function treatmentTable(all: readonly ProcedureTreatment[]): readonly string[] {
  const releases = releasesIn(all);
  const procedures = [...new Set(all.map(({ procedure }) => procedure))].toSorted();
  const heading = releases.map((release, index) => {
    const next = releases[index + 1];
    return next === undefined ? release : `${release} → ${next}`;
  });
  const rows = procedures.map((procedure) =>
    [procedure].concat(releases.map((release) => stepOf(procedure, release, all) ?? "")),
  );
  return [...textTable([["procedure", ...heading], ...rows]), "", ...countTable(all)];
}

/** By pair of neighbours: how many procedures nobody had to write for, and for how many somebody wrote what. */
function countTable(all: readonly ProcedureTreatment[]): readonly string[] {
  const steps = all.flatMap((each) => each.steps.slice(0, 1));
  const pairs = releasesIn(all).flatMap((from) => {
    const own = steps.filter((step) => step.from === from);
    return own[0] === undefined ? [] : [countRow(`${from} → ${own[0].to}`, own)];
  });
  return textTable([["procedures", ...kinds], ...pairs, countRow("all", steps)]);
}

const kinds = Object.keys(treatments) as Treatment[]; // an object literal has no other keys

function countRow(name: string, steps: readonly TreatmentStep[]): readonly string[] {
  return [name].concat(
    kinds.map((kind) => String(steps.filter(({ treatment }) => treatment === kind).length)),
  );
}

function releasesIn(all: readonly ProcedureTreatment[]): readonly string[] {
  return [...new Set(all.map(({ release }) => release))];
}

/** The treatment from a release to the next, or in the newest itself; `undefined` where the release lacks the procedure. */
export function stepOf(
  procedure: string,
  release: string,
  all: readonly ProcedureTreatment[],
): Treatment | undefined {
  const own = all.find((each) => each.release === release && each.procedure === procedure);
  return own?.steps[0]?.treatment ?? own?.treatment;
}
