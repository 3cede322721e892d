/** What a call finds on its connection: who calls, within which limits, and what runs around every handler. */
import type { Context, Peer } from "@concordat/core";
import type { Clock, Limits, RequestFrame } from "@concordat/core/internal";

import type { AgreedProcedure } from "../service/agreed-procedures.ts";
import type { CallRow } from "../fleet/call-row.ts";
import type { Log } from "../log/log.ts";
import type { Middleware } from "../middleware/middleware.ts";

/** What all calls of one connection share. */
export interface CallDesk {
  /** Who calls now: credentials may be renewed between two calls. */
  readonly peer: Peer;
  readonly limits: Limits;
  readonly clock: Clock;
  /** The most metadata that either side accepts. */
  readonly metadataBytes: number;
  readonly log: Log;
  readonly middleware: readonly Middleware[];
  /** Sends notifications to the caller. */
  notify: Context["notify"];
  /** Where the calls of a procedure are counted. */
  rowOf(called: AgreedProcedure): CallRow;
  /**
   * Told once for each call whose handler was to run, when it has come to its end, whatever has become of the call before.
   *
   * @param frame Its request.
   */
  finished(frame: RequestFrame): void;
}
