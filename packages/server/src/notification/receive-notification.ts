/** One notification of a client, from its frame to the end of its handler. Nobody is answered. */
import type { ConcordatError } from "@concordat/core";
import { type ReceivedNotification, runThrough } from "@concordat/core/internal";

import { CallContext } from "../call/call-context.ts";
import { callerError, isAbort } from "../call/caller-error.ts";
import type { AgreedProcedure } from "../service/agreed-procedures.ts";
import type { CallDesk } from "../call/call-desk.ts";
import type { CallOutcome } from "../fleet/fleet-snapshot.ts";

/**
 * Runs the handler inside all middleware. Never throws: whatever goes wrong is the log's to hear.
 *
 * @param onAbandon Has the context told when the client is gone for good.
 */
export function receiveNotification(
  { frame, done }: ReceivedNotification,
  called: AgreedProcedure,
  desk: Omit<CallDesk, "finished">,
  onAbandon: (listener: CallContext["end"]) => () => void,
): void {
  const { plan, dialect } = called;
  const row = desk.rowOf(called);
  const { limits, log, middleware } = desk;
  const context = new CallContext(undefined, frame, called, desk, undefined);
  const stop = onAbandon((error) => context.end(error));
  let outcome: CallOutcome = "ok";
  row.begin();
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
      row.end(outcome);
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
