/** The demonstration itself: servers and clients as processes of their own, and what they reported. */
import type { ProcedureTreatment } from "@concordat/server";

import type { ClientReport } from "../client/client-report.ts";
import type { ServerReport } from "../server/server-report.ts";
import type { ChildProcesses } from "./child-processes.ts";
import type { ClientOutcome } from "./client-table.ts";

/** Which client meets which server. */
export interface Meeting {
  /** The revision that the client was generated from. */
  readonly revision: string;
  /** How the server that it meets refuses clients that are too old. */
  readonly refuseAt: "close" | "upgrade";
}

/** What came of all meetings. */
export interface Demonstration {
  readonly outcomes: readonly ClientOutcome[];
  readonly treatments: readonly ProcedureTreatment[];
}

/** Lets all clients meet their servers, at the same time. */
export async function demonstrate(
  meetings: readonly Meeting[],
  processes: ChildProcesses,
): Promise<Demonstration> {
  const [close, upgrade] = await Promise.all([
    processes.firstWord<ServerReport>("./server/main.js", "close"),
    processes.firstWord<ServerReport>("./server/main.js", "upgrade"),
  ]);
  const urls = { close: close.url, upgrade: upgrade.url };
  const outcomes = await Promise.all(
    meetings.map(async ({ revision, refuseAt }) => {
      const program = `./client/client-${revision}.js`;
      const report = await processes.firstWord<ClientReport>(program, urls[refuseAt]);
      return { revision, report };
    }),
  );
  return { outcomes, treatments: close.treatments };
}
