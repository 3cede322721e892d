/** What the owner of a server session is told. */
import type { Call } from "../call/call.ts";
import type { Link } from "../call/link.ts";
import type { ReceivedNotification } from "../call/notification-lane.ts";
import type { CallKind } from "../contract/procedure-kind.ts";
import type { Hello } from "../handshake/hello.ts";
import type { RequestFrame } from "../wire/frame.ts";

/** The owner of a server session. */
export interface ServerSessionEar {
  /** A hello was read: answer with the session's `welcome` or `reject`, now or later. */
  hello(hello: Hello): void;
  /** The client has read the welcome of a resumed session. Told once, and only of such a session. */
  resumed(): void;
  /** The kind of a requested procedure, or `undefined` where the negotiated releases do not have it. */
  kindOf(procedure: string): CallKind | undefined;
  /** A call was opened. */
  request(call: Call, frame: RequestFrame, now: number): void;
  /** Something was told that is not answered. */
  notification(received: ReceivedNotification): void;
  /** Fresh credentials came: check them, and set a new end of the connection. */
  renew(credentials: unknown): void;
  /**
   * The connection has ended. `detail` is for the log. All calls have been told, unless there is a `survivor`: then
   * they go on, and the owner keeps it for the client that comes back, or abandons it.
   */
  ended(code: number, detail: string, survivor: Link | undefined): void;
}
