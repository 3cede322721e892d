/** One call from its request to its end: check, convert, handle, convert, check, reply. */
import type { Call, RequestFrame } from "@concordat/core/internal";

import { CallContext } from "./call-context.ts";
import type { DispatchOptions } from "./dispatch-options.ts";
import { dispatchStream } from "./stream-dispatch.ts";
import { UnaryDispatch } from "./unary-dispatch.ts";

/** Answers a call. Never throws: whatever goes wrong is the caller's to hear, or the log's. */
export function dispatch(call: Call, frame: RequestFrame, options: DispatchOptions): void {
  const { plan, dialect, peer, now, metadataBytes, caller } = options;
  const { composition } = plan;
  const context = new CallContext({
    call,
    frame,
    release: dialect.release,
    composition,
    peer,
    now,
    metadataBytes,
    caller,
  });
  if (plan.kind === "unary") new UnaryDispatch(call, frame, context, options).run();
  else dispatchStream(call, frame, context, options);
}
