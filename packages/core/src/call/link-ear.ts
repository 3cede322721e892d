/** What the owner of a link is told beside what happens to single calls. */
import type { RequestFrame } from "../wire/frame.ts";
import type { Call } from "./call.ts";
import type { ReceivedNotification } from "./notification-lane.ts";
import type { CallKind } from "../contract/procedure-kind.ts";

/** The owner of a link: a session. */
export interface LinkEar {
  /** Frames wait to be taken: soon, at the end of this turn. */
  pending(): void;
  /** The kind of a requested procedure, or `undefined` where the negotiated releases do not have it. */
  kindOf(procedure: string): CallKind | undefined;
  /** A call was opened. Answer through `call`, now or later. */
  request(call: Call, frame: RequestFrame): void;
  /** Something was told that is not answered. */
  notification(received: ReceivedNotification): void;
  /** The other side takes no new calls and closes within that time. */
  goaway(withinMs: number): void;
  /** JSON text for a person. */
  notice(text: string): void;
  /** The client has read that its early data was dropped. */
  begin(): void;
}
