/** What one client connection is made of. */
import type { Alarm, Clock, FrameReader, Refusal, Transport } from "@concordat/core/internal";

import type { AdmissionPolicy } from "./admission.ts";
import type { Connection } from "./connection.ts";
import type { Arrival } from "../peer/identity.ts";
import type { Random } from "../random.ts";

/** What all connections of a server have in common. */
export interface ConnectionHost {
  readonly policy: AdmissionPolicy;
  readonly clock: Clock;
  readonly alarm: Alarm;
  readonly reader: FrameReader;
  readonly random: Random;
  /** Asked when a hello has come: why nobody is let in, whatever it says. `isBack`: the client comes back to a session. */
  refused(isBack: boolean): Refusal | undefined;
  /** A client was let in. */
  greeted(connection: Connection): void;
  ended(connection: Connection): void;
}

/** What a connection needs. */
export interface ConnectionOptions {
  readonly host: ConnectionHost;
  readonly transport: Transport;
  readonly arrival: Arrival;
  /** Why this one is not let in, whatever its hello says: the page's origin, too many from its address. */
  readonly refused: Refusal | undefined;
}
