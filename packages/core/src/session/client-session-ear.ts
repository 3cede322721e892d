/** What the owner of a client session is told. */
import type { Link } from "../call/link.ts";
import type { ReceivedNotification } from "../call/notification-lane.ts";
import type { ConcordatError } from "../error/concordat-error.ts";
import type { Notice } from "../handshake/notice.ts";
import type { Welcome } from "../handshake/welcome.ts";
import type { Refusal } from "../negotiation/refusal.ts";

/** How a connection ended, with all that is known about it. */
export interface SessionEnd {
  /** The close code that arrived, or the one that this side sent. */
  readonly code: number;
  readonly reason: string;
  /** What a `reject` message said, where one arrived. */
  readonly refusal: Refusal | undefined;
  /** What this side found wrong, where it was this side that closed. */
  readonly fault: string | undefined;
  /** Whether a welcome had been read. */
  readonly wasOpen: boolean;
  /** The calls, where another connection may go on with them; see {@link ClientSessionOptions.resume}. */
  readonly survivor:
    | { readonly link: Link; readonly token: string; readonly graceMs: number }
    | undefined;
}

/** The owner of a client session. */
export interface ClientSessionEar {
  /**
   * The server accepted. Where it discarded early data, all calls of this session are forgotten: make them again.
   * `isResumed` says whether the calls of the link that was to be resumed go on here.
   */
  welcome(welcome: Welcome, isResumed: boolean): void;
  /** Something was told that is not answered. Whoever drops it says `done` as well: it is credit. */
  notification(received: ReceivedNotification): void;
  goaway(withinMs: number): void;
  /** The credentials are good for so many milliseconds from now; 0 for as long as the connection lasts. */
  expiry(withinMs: number): void;
  notice(notice: Notice): void;
  /**
   * The connection is over. Told before its calls fail, so that the owner can choose their error: it returns what
   * makes it, which is called where there are any. `undefined` keeps them: the owner takes over the survivor.
   */
  ended(end: SessionEnd): (() => ConcordatError) | undefined;
}
