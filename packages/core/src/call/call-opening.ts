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
