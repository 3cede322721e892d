/** A handler's items out to the caller, as fast as its credit allows. */
import type { Items } from "@concordat/core";
import type { Call, Gate } from "@concordat/core/internal";

import type { CallContext } from "./call-context.ts";
import type { ProcedurePlan } from "./procedure-plan.ts";

/**
 * Sends every item of an iterable.
 *
 * The producer is not asked for the next item before the last one has left, and its `finally` runs exactly once
 * however the call ends: `for await` sees to both.
 *
 * @throws why the call ended, where it did before the last item.
 */
export async function sendStream(
  items: Items<unknown>,
  call: Call,
  context: CallContext,
  plan: ProcedurePlan,
  gate: Gate,
): Promise<void> {
  const writer = plan.writeResponses();
  const send = async (payloads: Iterable<Uint8Array>): Promise<void> => {
    for (const payload of payloads) {
      while (context.ended === undefined && !call.canSend) await gate.wait();
      if (context.ended !== undefined) throw context.ended;
      context.answering();
      call.sendItem(payload);
    }
  };
  for await (const item of items) await send(writer.item(item));
  await send(writer.end?.() ?? []);
}
