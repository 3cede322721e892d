/** What one client connection is made of. */
import type { Alarm, Clock, Refusal, Transport } from "@concordat/core/internal";

import type { AdmissionPolicy } from "./admission.ts";
import type { ConnectionRequest } from "./authenticate.ts";
import type { Connection } from "./connection.ts";
import type { Random } from "./random.ts";

/** What a connection needs. */
export interface ConnectionOptions {
  readonly transport: Transport;
  readonly request: Omit<ConnectionRequest, "credentials" | "client">;
  readonly policy: AdmissionPolicy;
  readonly clock: Clock;
  /** Of all connections. */
  readonly alarm: Alarm;
  readonly random: Random;
  /** Asked when the hello has come: why nobody is let in, whatever it says. The page's origin, a server that drains. */
  readonly refused: () => Refusal | undefined;
  /** Told when the client was let in. */
  readonly greeted: (connection: Connection) => void;
  readonly ended: (connection: Connection) => void;
}
