/** One call from its request to its end: check, convert, handle, convert, check, reply. */
import type { Call, RequestFrame } from "@concordat/core/internal";

import { CallContext } from "./call-context.ts";
import type { AgreedProcedure } from "../service/agreed-procedures.ts";
import type { CallDesk } from "./call-desk.ts";
import { dispatchStream } from "./stream-dispatch.ts";
import { UnaryDispatch } from "./unary-dispatch.ts";

/**
 * Answers a call. Never throws: whatever goes wrong is the caller's to hear, or the log's.
 *
 * @param now When it came.
 */
export function dispatch(
  call: Call,
  frame: RequestFrame,
  called: AgreedProcedure,
  desk: CallDesk,
  now: number,
): void {
  const deadline = frame.timeoutMs === 0 ? undefined : now + frame.timeoutMs;
  const context = new CallContext(call, frame, called, desk, deadline);
  if (called.plan.kind === "unary") new UnaryDispatch(call, frame, context, called, desk).run();
  else dispatchStream(call, frame, context, called, desk);
}
