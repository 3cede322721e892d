/** One notification of a client, from its frame to the end of its handler. Nobody is answered. */
import { type ReceivedNotification, runThrough } from "@concordat/core/internal";

import { CallContext } from "../call/call-context.ts";
import { isAbort } from "../abort.ts";
import type { AgreedProcedure } from "../service/agreed-procedures.ts";
import type { CallDesk } from "../call/call-desk.ts";
import type { CallOutcome } from "../fleet/fleet-snapshot.ts";
import { tellRefusal } from "./tell-refusal.ts";

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
      outcome =
        ended !== undefined && isAbort(error, ended)
          ? ended.code
          : tellRefusal(error, { plan, dialect, log }).code;
    } finally {
      row.end(outcome);
      stop();
      done();
    }
  }
}
