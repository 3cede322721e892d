/** The place in a fleet of all connections that are counted alike. */
import type { CallRow } from "./call-row.ts";
import { other } from "./client-label.ts";
import type { Seat } from "./seat.ts";

/** Where the calls of a seat are counted. */
export interface CallRows {
  /**
   * @param procedure As the caller's release names it.
   * @param key What stands for it, and is quicker to find. Default: its name.
   */
  callRow(seat: Seat | undefined, procedure: string, key?: unknown): CallRow;
}

/** One place. Each connection is counted from when it was let in until it leaves. */
export class Member {
  readonly #rows: CallRows;
  readonly #seats: Map<string, Seat>;
  /** What was asked for last: rows stay, and most clients call one procedure many times. */
  #lastKey: unknown;
  #lastRow: CallRow | undefined;

  constructor(rows: CallRows, seats: Map<string, Seat>) {
    this.#rows = rows;
    this.#seats = seats;
  }

  /** A connection was let in. */
  joined(): void {
    for (const seat of this.#seats.values()) seat.take();
  }

  /** Where calls of a procedure of a contract are counted. */
  callRow(contract: string, procedure: string, key?: unknown): CallRow {
    if (this.#lastRow !== undefined && key !== undefined && key === this.#lastKey)
      return this.#lastRow;
    this.#lastKey = key;
    this.#lastRow = this.#rows.callRow(this.#seats.get(contract), procedure, key);
    return this.#lastRow;
  }

  /** Somebody called what its release does not have: a procedure that another release has, or nothing. */
  missed(contract: string, procedure: string | undefined): void {
    const row = this.callRow(contract, procedure ?? other);
    row.begin();
    row.end("unimplemented");
  }

  /** A connection is gone. Calls that go on are still counted. */
  left(): void {
    for (const seat of this.#seats.values()) seat.leave();
  }
}
