/** What a connector needs: the options of the client, with nothing left open. */
import type { Listeners } from "../listeners.ts";
import type { Dial } from "../socket/dial.ts";
import type { ClientEvents } from "./client-events.ts";
import type { ConnectionOptions } from "./connection.ts";
import type { RedialOptions } from "./redial.ts";

/** The settings of one client's connection. */
export interface ConnectorOptions extends ConnectionOptions, RedialOptions {
  readonly dial: Dial;
  readonly contracts: ConnectionOptions["contracts"];
  /** What becomes of calls while there is no connection. */
  readonly whenDisconnected: "wait" | "fail";
  /** How long calls wait while the server is older than this client. */
  readonly serverOutdatedAfterMs: number;
  readonly listeners: Listeners<ClientEvents>;
}
