/** Who is still there, at one moment: the object that an operator reads, and `concordat check --fleet` too. */
import type { StatusCode } from "@concordat/core";

/** How a call ended. */
export type CallOutcome = "ok" | StatusCode;

/** What the member `concordat` of the JSON says. */
export const fleetFormat = "fleet/1";

/** Whom a count is about. */
export interface FleetKey {
  readonly contract: string;
  /** The negotiated release; `unreleased` for a working tree. */
  readonly release: string;
  /** What the client calls itself; empty where it does not say, `(other)` where there were too many. Never proved. */
  readonly client: string;
  readonly clientVersion: string;
}

/** Connections of one kind of client in one release. */
export interface ConnectionCount extends FleetKey {
  /** How many are open. */
  readonly open: number;
  /** How many there were since the server started, those included. */
  readonly total: number;
}

/** Calls of one procedure by one kind of client in one release. */
export interface CallCount extends FleetKey {
  /** As the caller's release names it; `(other)` where no release has it. */
  readonly procedure: string;
  /** How many run: their handlers have not ended, whether or not somebody still waits. */
  readonly open: number;
  /** How many have ended, by how: `ok` or a status code. */
  readonly ended: { readonly [Outcome in CallOutcome]?: number };
}

/** Clients that were refused. */
export interface RefusalCount extends FleetKey {
  /** The name of the close code: `client-too-old`. */
  readonly reason: string;
  readonly total: number;
}

/** A contract as the server stands to it. */
export interface FleetContract {
  readonly name: string;
  readonly floor?: string;
  readonly newest?: string;
  /** Whether it was withdrawn. */
  readonly isRetired: boolean;
  /** By release (`unreleased` for a working tree), the day on which it stops being served: its own, or an earlier one of a newer release or of the contract. */
  readonly sunsets: { readonly [release: string]: string };
}

/** Everything that was counted since the server started. Plain JSON. */
export interface FleetSnapshot {
  readonly concordat: typeof fleetFormat;
  /** When counting began, in ISO 8601. */
  readonly since: string;
  /** When this was read. */
  readonly until: string;
  /** Whether every release and procedure that was used has a row. False where there were too many. */
  readonly isComplete: boolean;
  readonly contracts: readonly FleetContract[];
  readonly connections: readonly ConnectionCount[];
  readonly calls: readonly CallCount[];
  readonly refusals: readonly RefusalCount[];
}
