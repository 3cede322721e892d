/** One notification of a client, from its frame to the end of its handler. Nobody is answered. */
import type { ConcordatError } from "@concordat/core";
import { type ReceivedNotification, runThrough } from "@concordat/core/internal";

import { CallContext } from "../call-context.ts";
import { callerError, isAbort } from "../caller-error.ts";
import type { DispatchOptions } from "../dispatch-options.ts";
import type { CallOutcome } from "../fleet/fleet-snapshot.ts";

/** What a notification needs beside itself. */
export interface ReceiveOptions extends DispatchOptions {
  /** Has the context told when the client is gone for good. */
  readonly onAbandon: (listener: CallContext["end"]) => () => void;
}

/** Runs the handler inside all middleware. Never throws: whatever goes wrong is the log's to hear. */
export function receiveNotification(
  { frame, done }: ReceivedNotification,
  options: ReceiveOptions,
): void {
  const { plan, dialect, peer, limits, log, middleware, now, caller, metadataBytes } = options;
  const context = new CallContext({
    call: undefined,
    frame: { ...frame, timeoutMs: 0 },
    release: dialect.release,
    composition: plan.composition,
    peer,
    now,
    metadataBytes,
    caller,
  });
  const stop = options.onAbandon((error) => context.end(error));
  let outcome: CallOutcome = "ok";
  options.row.begin();
  void run();

  async function run(): Promise<void> {
    try {
      await runThrough(middleware, context, async () => {
        await plan.run(plan.readRequest(frame.payload, limits, dialect), context);
      });
    } catch (error) {
      const { ended } = context;
      outcome = ended !== undefined && isAbort(error, ended) ? ended.code : tell(error).code;
    } finally {
      options.row.end(outcome);
      stop();
      done();
    }
  }

  /** What a caller would have heard, and nobody hears now, is the log's; `callerError` tells it the rest. */
  function tell(thrown: unknown): ConcordatError {
    const { error } = callerError(thrown, { plan, dialect, log });
    if (error.code === "internal") return error;
    const { name: procedure } = plan;
    const { release } = dialect;
    const message = `${error.code}: ${error.rawMessage}`;
    log({ level: "info", event: "notification-refused", procedure, release, message });
    return error;
  }
}
