/** How long a closed socket is put up with. */
import type { Clock } from "@concordat/core/internal";

/** A time, and the clock that measures it. */
export interface ClosePatience {
  readonly clock: Clock;
  /** How long a peer may take to answer a close before the socket is destroyed, where that is possible. */
  readonly closeMs: number;
}
