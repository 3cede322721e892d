/** How long a compiler needs for a client of many procedures. */
import { secondsToCheck } from "../types/compiler.mjs";
import { makePrograms } from "../types/programs.mjs";

/**
 * @param {import("../workload.mjs").Workload} workload
 * @param {import("./measure.mjs").How} how
 */
export async function typesMeasured({ name }, { rounds, progress }) {
  progress.say(`${name}: making stubs`);
  const programs = makePrograms();
  const rows = programs.map((program) => ({ ...program, seconds: [], above: [] }));
  for (let round = 1; round <= rounds; round += 1) {
    let base = 0;
    for (const row of rows) {
      progress.say(`${name}: round ${round} of ${rounds}, ${row.name}`);
      const seconds = secondsToCheck(row);
      if (row.name.startsWith("empty")) base = seconds;
      row.seconds.push(seconds);
      row.above.push(seconds - base);
    }
  }
  return rows.map(({ name: row, title, seconds, above }) => ({ name: row, title, seconds, above }));
}
