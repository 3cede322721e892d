/** One row for each procedure: how its calls get from each release to the next, as the server says it. */
import type { ProcedureTreatment, Treatment } from "@concordat/server";

import { textTable } from "./text-table.ts";

/** The table. A procedure that a release does not have leaves a gap. */
export function treatmentTable(treatments: readonly ProcedureTreatment[]): readonly string[] {
  const releases = [...new Set(treatments.map(({ release }) => release))];
  const procedures = [...new Set(treatments.map(({ procedure }) => procedure))].toSorted();
  const heading = releases.map((release, index) => {
    const next = releases[index + 1];
    return next === undefined ? release : `${release} → ${next}`;
  });
  const rows = procedures.map((procedure) =>
    [procedure].concat(releases.map((release) => stepOf(procedure, release, treatments) ?? "")),
  );
  return textTable([["procedure", ...heading], ...rows]);
}

/** The treatment from a release to the next, or in the newest itself; `undefined` where the release lacks the procedure. */
export function stepOf(
  procedure: string,
  release: string,
  treatments: readonly ProcedureTreatment[],
): Treatment | undefined {
  const own = treatments.find((each) => each.release === release && each.procedure === procedure);
  return own?.steps[0]?.treatment ?? own?.treatment;
}
