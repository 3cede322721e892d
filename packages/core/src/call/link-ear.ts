/** What the owner of a link is told beside what happens to single calls. */
import type { RequestFrame, SessionFrame } from "../wire/frame.ts";
import type { Call } from "./call.ts";
import type { ReceivedNotification } from "./notification-lane.ts";
import type { Departure } from "./departure.ts";
import type { CallKind } from "../contract/procedure-kind.ts";

/** The owner of a link: a session. */
export interface LinkEar {
  /** Frames wait to be taken. */
  pending(departure: Departure): void;
  /** The kind of a requested procedure, or `undefined` where the negotiated releases do not have it. */
  kindOf?(procedure: string): CallKind | undefined;
  /** A call was opened. Answer through `call`, now or later. Absent: this side answers none. */
  request?(call: Call, frame: RequestFrame, now: number): void;
  /** Something was told that is not answered. Absent: it is dropped. */
  notification?(received: ReceivedNotification): void;
  /**
   * A frame came that is about the connection as a whole, or a request to one who answers none. Which side may send it
   * is for the owner to see.
   *
   * @throws WireError where the other side may not.
   */
  session(frame: SessionFrame | RequestFrame): void;
}
