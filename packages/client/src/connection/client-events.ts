/** What a client tells whoever listens. */
import type {
  ConcordatError,
  Deprecation,
  ServerOutdatedError,
  UpgradeRequiredError,
} from "@concordat/core";
import type { ClientState } from "./client-state.ts";

/** Something a person should know, with the contract that it is about where it is about one. */
export interface ClientNotice extends Deprecation {
  readonly contract?: string;
  /** The negotiated release that it is said of. */
  readonly release?: string;
}

/** The events of a client, with what their listeners are given. */
export interface ClientEvents {
  /** The client has entered another state. */
  readonly state: ClientState;
  /** No server will serve this client any more: once for each time that the client gives up. */
  readonly upgradeRequired: UpgradeRequiredError;
  /** The server is older than this client. Again when another range of releases is named. */
  readonly serverOutdated: ServerOutdatedError;
  /** A release is deprecated, has a sunset date, or the like. The same notice is told once. */
  readonly notice: ClientNotice;
  /** A notification came that does not match its schema: the server's mistake. Nobody was told it. */
  readonly unreadable: ConcordatError;
  /** The server leaves within so many milliseconds. New calls go to another connection by themselves. */
  readonly goaway: number;
}
