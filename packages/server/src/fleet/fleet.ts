/** Counts who is still there: connections, calls and refusals, in tables that no peer can make grow. */
import type { Clock, Limits, Refusal, ServedContract } from "@concordat/core/internal";

import { CallRow } from "./call-row.ts";
import { type ClientLabel, ClientLabels, nobody, other } from "./client-label.ts";
import { contractCount, unreleased } from "./fleet-contract.ts";
import {
  fleetFormat,
  type FleetKey,
  type FleetSnapshot,
  type RefusalCount,
} from "./fleet-snapshot.ts";
import { type CallRows, Member } from "./member.ts";
import { RowTable } from "./row-table.ts";
import { Seat } from "./seat.ts";

/** What a fleet is counted with. */
export interface FleetParts {
  readonly clock: Clock;
  readonly limits: Pick<Limits, "fleetClients" | "fleetRows">;
  /** What is served at this moment. */
  readonly served: () => ReadonlyMap<string, ServedContract>;
}

/** A refusal as it is counted: its total grows. */
type RefusalRow = { -readonly [Name in keyof RefusalCount]: RefusalCount[Name] };

/** Named clients may take this part of the rows; the rest is kept for what is counted without their names. */
const namedPart = 0.75;

/** The counters of one server. */
export class Fleet implements CallRows {
  readonly #parts: FleetParts;
  readonly #since: number;
  readonly #labels: ClientLabels;
  readonly #seats: RowTable<Seat>;
  readonly #calls: RowTable<CallRow>;
  readonly #refusals: RowTable<RefusalRow>;
  readonly #lost: CallRow;
  #isComplete = true;

  constructor(parts: FleetParts) {
    const { clock, limits } = parts;
    this.#parts = parts;
    this.#since = clock.now();
    this.#labels = new ClientLabels(limits.fleetClients);
    this.#seats = new RowTable(limits.fleetRows);
    this.#calls = new RowTable(limits.fleetRows);
    this.#refusals = new RowTable(limits.fleetRows);
    this.#lost = new CallRow({ ...keyOf(other, other, this.#labels.others), procedure: other });
  }

  /** The place of those who call themselves so, and speak these releases. */
  memberOf(
    client: ClientLabel,
    releases: Iterable<readonly [contract: string, release: string | undefined]>,
  ): Member {
    const seats = new Map<string, Seat>();
    for (const [contract, release = unreleased] of releases) {
      const seat = this.#seat(client, contract, release);
      if (seat !== undefined) seats.set(contract, seat);
    }
    return new Member(this, seats);
  }

  /** The label of a client that has shown who it is. */
  labelOf(client: { readonly name?: string; readonly version?: string }): ClientLabel {
    return this.#labels.labelOf(client);
  }

  /** Quick where the row is there already: it is asked for at each call. */
  callRow(seat: Seat | undefined, procedure: string, key: unknown = procedure): CallRow {
    if (seat === undefined) return this.#lost;
    return this.#calls.get(seat, key) ?? this.#newCallRow(seat, procedure, key);
  }

  /** Somebody was refused. `client` only where it has shown who it is. */
  refused({ closeName, contract, offered }: Refusal, client: ClientLabel = nobody): void {
    const served = contract === undefined ? undefined : this.#parts.served().get(contract);
    const known = served?.releases.find(({ release }) => release === offered?.[0])?.release;
    const named = contract === undefined ? "" : (served?.name ?? other);
    const release = contract === undefined ? "" : (known ?? other);
    const row = this.#row(this.#refusals, client, `${closeName} ${named} ${release}`, (label) => ({
      ...keyOf(named, release, label),
      reason: closeName,
      total: 0,
    }));
    if (row !== undefined) row.total += 1;
  }

  /** Everything that was counted so far. */
  snapshot(): FleetSnapshot {
    const { clock, served } = this.#parts;
    const calls = [...this.#calls.all(), ...(this.#isComplete ? [] : [this.#lost])];
    return {
      concordat: fleetFormat,
      since: new Date(this.#since).toISOString(),
      until: new Date(clock.now()).toISOString(),
      isComplete: this.#isComplete,
      contracts: Array.from(served().values(), contractCount),
      connections: Array.from(this.#seats.all(), ({ count }) => count),
      calls: calls.map(({ count }) => count),
      refusals: Array.from(this.#refusals.all(), (row) => ({ ...row })),
    };
  }

  #seat(client: ClientLabel, contract: string, release: string): Seat | undefined {
    return this.#row(
      this.#seats,
      client,
      `${contract} ${release}`,
      (label) => new Seat(keyOf(contract, release, label)),
    );
  }

  #newCallRow(seat: Seat, procedure: string, key: unknown): CallRow {
    const make = (under: Seat) => (): CallRow => new CallRow({ ...under.key, procedure });
    if (this.#hasRoom(this.#calls)) return this.#calls.add(seat, key, make(seat)) ?? this.#lost;
    const others = this.#seat(this.#labels.others, seat.key.contract, seat.key.release);
    const row =
      others && (this.#calls.get(others, key) ?? this.#calls.add(others, key, make(others)));
    if (row === undefined) this.#isComplete = false;
    return row ?? this.#lost;
  }

  /** A row of this client; of all others where there are too many; nothing where there are too many even so. */
  #row<Row>(
    table: RowTable<Row>,
    client: ClientLabel,
    key: string,
    make: (label: ClientLabel) => Row,
  ): Row | undefined {
    const { others } = this.#labels;
    const own = table.get(client, key);
    if (own !== undefined) return own;
    if (this.#hasRoom(table)) return table.add(client, key, () => make(client));
    const row = table.get(others, key) ?? table.add(others, key, () => make(others));
    if (row === undefined) this.#isComplete = false;
    return row;
  }

  #hasRoom({ size }: RowTable<unknown>): boolean {
    return size < this.#parts.limits.fleetRows * namedPart;
  }
}

function keyOf(contract: string, release: string, { name, version }: ClientLabel): FleetKey {
  return { contract, release, client: name, clientVersion: version };
}
