/** What is called, with what. */
import type { CallOptions, ConcordatError } from "@concordat/core";
import type { KeptRequest } from "./kept-request.ts";
import type { CallableProcedure } from "./procedure.ts";
import type { RequestStream } from "./request-stream.ts";
import type { StreamProgress } from "./stream-progress.ts";

/** One call, as the application wants it. */
export interface CallPlan {
  readonly procedure: CallableProcedure;
  /** None where the kind of the procedure streams requests. */
  readonly request?: KeptRequest;
  /** Makes the stream of requests, where the kind of the procedure has one; `broke` is told when it cannot go on. */
  readonly requests?: (broke: (error: ConcordatError) => void) => RequestStream;
  /** How far the stream of responses has come, where there is one. */
  readonly progress?: StreamProgress;
  readonly options: CallOptions;
}
