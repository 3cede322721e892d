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

/** The events of a client, with what their listeners are given. */
export interface ClientEvents {
  /** The client has entered another state. */
  readonly state: ClientState;
  /** No server will serve this client any more: once for each time that the client gives up. */
  readonly upgradeRequired: UpgradeRequiredError;
  /** The server is older than this client. Again when another range of releases is named. */
  readonly serverOutdated: ServerOutdatedError;
  /** A server has a newer release than this program, which it serves all the same. Once for each newer release. */
  readonly upgradeAvailable: UpgradeAvailable;
  /** A release or a procedure is deprecated, has a sunset date, or the like. The same notice is told once. */
  readonly notice: ClientNotice;
  /** A notification came that does not match its schema: the server's mistake. Nobody was told it. */
  readonly unreadable: ConcordatError;
  /** The server leaves within so many milliseconds. New calls go to another connection by themselves. */
  readonly goaway: number;
}
