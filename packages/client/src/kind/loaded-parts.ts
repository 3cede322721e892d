/** What the kinds of a client's procedures bring along: a page loads only those that its contracts have. */
import type { LinkParts } from "@concordat/core/internal";
import type { Inbox } from "../notification/inbox.ts";

/** Of one client. Complete before it dials: each kind adds its own when its first procedure is made. */
export interface LoadedParts {
  /** What its connections are made of. */
  readonly links: LinkParts;
  /** Where the server's notifications go. */
  inbox?: Inbox;
}
