/** What all calls of one client share. */
import type { Limits } from "@concordat/core";
import type { Clock } from "@concordat/core/internal";
import type { Connector } from "../connection/connector.ts";

/** The surroundings of a call. */
export interface Caller {
  readonly connector: Pick<Connector, "submit" | "withdraw" | "releases">;
  readonly clock: Clock;
  readonly limits: Limits;
  /** The deadline of calls that say none. */
  readonly timeoutMs: number | undefined;
  /** Runs the application's callbacks; what they throw stays out of here. */
  readonly guard: (run: () => void) => void;
}
