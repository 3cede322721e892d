/** What the kinds of a client's procedures bring along: a page loads only those that its contracts have. */
import type { Clock, LinkParts, PumpOptions, Session } from "@concordat/core/internal";
import type { Hold } from "./hold.ts";
import type { Inbox } from "./inbox.ts";

/** Of one client. Complete before it dials: each kind adds its own when its first procedure is made. */
export interface LoadedParts {
  /** What its connections are made of. */
  readonly links: LinkParts;
  /** Watches over what is sent beyond what fits into a socket. */
  watch?: PumpOptions<Session>["watch"];
  /** Makes what keeps a connection that leaves. */
  holdOf?: (clock: Clock) => Hold;
  /** Where the server's notifications go. */
  inbox?: Inbox;
}
