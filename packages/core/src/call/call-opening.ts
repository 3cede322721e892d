/** What a requester says when it opens a call. */
import type { CallKind } from "../contract/procedure-kind.ts";
import type { RequestFrame } from "../wire/frame.ts";
import type { Payload } from "../wire/payload.ts";

/** What opens a call. */
export interface CallOpening extends Omit<RequestFrame<Payload>, "kind" | "id" | "timeoutMs"> {
  readonly callKind: CallKind;
  /** When the call has to be over, or `undefined` for never. */
  readonly deadline: number | undefined;
}

/** A deadline as it travels: what is left of it, or 0 for none. What is longer than a frame can say is cut to that. */
export function timeoutUntil(deadline: number | undefined, now: number): number {
  if (deadline === undefined) return 0;
  return Math.max(1, Math.min(Math.ceil(deadline - now), Number.MAX_SAFE_INTEGER));
}
