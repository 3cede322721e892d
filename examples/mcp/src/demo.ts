/** `npm run demo`: one server, five ages of clients. Prints what happened; fails when it is not what it should be. */
import { ChildProcesses } from "./demo/child-processes.ts";
import { clientTable } from "./demo/client-table.ts";
import { demonstrate } from "./demo/demonstration.ts";
import { expectedMeetings } from "./demo/expectation.ts";
import { differentSights, lonelyFailures } from "./demo/sight-list.ts";
import { treatmentTable } from "./demo/treatment-table.ts";
import { differences } from "./demo/verdict.ts";

const processes = new ChildProcesses(import.meta.url);
try {
  const shown = await demonstrate(expectedMeetings, processes);
  const parts = [
    "Five releases of the Model Context Protocol meet one server that implements the newest.",
    ...clientTable(shown.outcomes, shown.treatments),
    "\nThe same call, where it does not look the same to all:",
    ...differentSights(shown.outcomes),
    "\nCalls that failed, while their connections lived on:",
    ...lonelyFailures(shown.outcomes),
    "\nHow the calls of each procedure get from one release to the next:",
    ...treatmentTable(shown.treatments),
  ];
  console.log(parts.join("\n"));
  const wrong = [...differences(shown)];
  for (const difference of wrong) console.error(`not as it should be: ${difference}`);
  console.log(wrong.length === 0 ? "\nAll of it is as it should be." : "");
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  processes.stop();
}
