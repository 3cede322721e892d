/** What a server process tells the demonstration when it listens. */
import type { ProcedureTreatment } from "@concordat/server";

/** Where a server is, and what it says of its own conversions. */
export interface ServerReport {
  readonly url: string;
  readonly treatments: readonly ProcedureTreatment[];
}
