/** What a connector needs: the options of the client, with nothing left open. */
import type { Listeners } from "./listeners.ts";
import type { Dial } from "../socket/dial.ts";
import type { ClientEvents } from "./client-events.ts";
import type { ConnectionOptions } from "./connection.ts";
import type { ObjectionsOptions } from "./objections.ts";
import type { RedialOptions } from "./redial.ts";

/** The settings of one client's connection. */
export interface ConnectorOptions extends ConnectionOptions, RedialOptions, ObjectionsOptions {
  readonly dial: Dial;
  readonly contracts: ConnectionOptions["contracts"];
  readonly listeners: Listeners<ClientEvents>;
}
