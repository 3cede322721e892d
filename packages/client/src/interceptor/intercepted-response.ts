/** Interceptors around a call with one response, or none. */
import { isCallKind, runThrough } from "@concordat/core/internal";
import type { CallOptions } from "@concordat/core";
import type { Interceptor } from "./interceptor.ts";
import type { OutgoingContext } from "./outgoing-context.ts";

/** Makes the call within all interceptors. Rejects with what the outermost makes of its end. */
export async function interceptedResponse(
  interceptors: readonly Interceptor[],
  context: OutgoingContext,
  make: (request: unknown, options: CallOptions) => Promise<unknown>,
): Promise<unknown> {
  let isAnswered = false;
  await runThrough<OutgoingContext>(interceptors, context, async () => {
    context.response = await make(context.request, context.take());
    isAnswered = true;
  });
  // A notification needs no answer: an interceptor may keep it to itself.
  const needsAnswer = isCallKind(context.kind) && !isAnswered;
  if (needsAnswer && context.response === undefined) throw context.unanswered();
  return context.response;
}
