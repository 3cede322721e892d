/** What a dispatch needs beside the call. */
import type { Context, Peer } from "@concordat/core";
import type { Limits } from "@concordat/core/internal";

import type { CallRow } from "./fleet/call-row.ts";
import type { Log } from "./log.ts";
import type { Middleware } from "./middleware.ts";
import type { Dialect, ProcedurePlan } from "./procedure-plan.ts";

/** The surroundings of one call. */
export interface DispatchOptions {
  readonly plan: ProcedurePlan;
  /** The caller's. */
  readonly dialect: Dialect;
  readonly peer: Peer;
  readonly limits: Limits;
  /** The most metadata that either side accepts. */
  readonly metadataBytes: number;
  readonly log: Log;
  readonly middleware: readonly Middleware[];
  /** Where it is counted. */
  readonly row: CallRow;
  readonly now: number;
  /** Told once, when the handler has come to its end, whatever has become of its call before. */
  readonly finished: () => void;
  /** Who may be sent notifications. */
  readonly caller: Pick<Context, "notify">;
}
