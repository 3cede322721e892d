/** What a client tells whoever listens. */
import type {
  ConcordatError,
  Deprecation,
  Notice,
  ServerOutdatedError,
  UpgradeRequiredError,
} from "@concordat/core";
import type { ClientState } from "./client-state.ts";

/** What a server tells about releases that will go; see {@link ClientEvents.notice}. */
export type ClientNotice = Notice;

/** A server that has a newer release of a contract than this program knows. */
export interface UpgradeAvailable {
  readonly contract: string;
  /** The newest release that this program knows. */
  readonly release: string;
  /** The newest release that the server has. */
  readonly newest: string;
  /** What the server says about the release that is spoken, where it does. */
  readonly notice?: Deprecation;
}

/** A connection, or an attempt to make one, that has ended. The client makes the next one by itself. */
export interface Disconnection {
  /** The close code: 1006 where nothing answered, or what answered was no WebSocket. */
  readonly closeCode: number;
  /**
   * Why, in words for a log: `1006 abnormal: connect ECONNREFUSED 127.0.0.1:8443`. As much as the platform shows: `ws`
   * tells what failed, or the HTTP status; a page is told the code and no more.
   */
  readonly reason: string;
  /** The error of the socket where it shows one, or what the function for the address or the credentials threw. Else `undefined`. */
  readonly cause: unknown;
  /** How many attempts in a row led to no connection that lasted for 10 s; a connection that did is counted once when it is lost. */
  readonly failures: number;
  /** How long until the next attempt, in milliseconds, unless `connect()` or the page asks for it sooner. `undefined`: the next call makes it. */
  readonly retryInMs: number | undefined;
}

/** The events of a client, with what their listeners are given. */
export interface ClientEvents {
  /** The client has entered another state. */
  readonly state: ClientState;
  /**
   * A connection, or an attempt to make one, has ended, and the client goes on by itself. Right after `state`.
   *
   * Not told where the application closes the client, where a refusal stops it (`connect()` and the calls fail with that,
   * see {@link ClientEvents.upgradeRequired}), and of a connection that the server had asked to leave, which is `goaway`.
   */
  readonly disconnected: Disconnection;
  /** No server will serve this client any more: once for each time that the client gives up. */
  readonly upgradeRequired: UpgradeRequiredError;
  /** The server is older than this client. Again when another range of releases is named. */
  readonly serverOutdated: ServerOutdatedError;
  /** A server has a newer release than this program, which it serves all the same. Once for each newer release. */
  readonly upgradeAvailable: UpgradeAvailable;
  /** A release or a procedure is deprecated, has a sunset date, or the like. The same notice is told once, and again where a server said another meanwhile. */
  readonly notice: ClientNotice;
  /** A notification came that does not match its schema: the server's mistake. Nobody was told it. */
  readonly unreadable: ConcordatError;
  /** The server leaves within so many milliseconds. New calls go to another connection by themselves. */
  readonly goaway: number;
}
