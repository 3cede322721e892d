/** What all calls of one client share. */
import type { Clock, SharedLimits } from "@concordat/core/internal";
import type { ClientEvents } from "../connection/client-events.ts";
import type { LoadedParts } from "../connection/loaded-parts.ts";
import type { Listeners } from "../connection/listeners.ts";
import type { ResolvedDefaults } from "./call-defaults.ts";
import type { Retries } from "./retries.ts";
import type { Connector } from "../connection/connector.ts";
import type { CodecDesk } from "./procedure.ts";
import type { Signals } from "./signals.ts";

/** The surroundings of a call. */
export interface Caller {
  readonly desk: CodecDesk;
  readonly connector: Pick<
    Connector,
    "state" | "submit" | "putBack" | "withdraw" | "pending" | "negotiated"
  >;
  readonly clock: Clock;
  readonly limits: SharedLimits;
  readonly retries: Retries;
  readonly signals: Signals;
  readonly listeners: Listeners<ClientEvents>;
  readonly loaded: LoadedParts;
  /** What holds for the calls of a procedure, by its path. */
  readonly defaultsOf: (path: string) => ResolvedDefaults;
}
