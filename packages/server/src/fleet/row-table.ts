/** A table of rows that never has more than so many. */

/** The rows of one kind, by any key that stays the same object or text. */
export class RowTable<Row> {
  readonly #most: number;
  readonly #rows = new Map<unknown, Map<unknown, Row>>();
  #size = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** The row of a pair of keys, if there is one. */
  get(first: unknown, second: unknown): Row | undefined {
    return this.#rows.get(first)?.get(second);
  }

  /** Adds a row; where the table is full, returns undefined. */
  add(first: unknown, second: unknown, make: () => Row): Row | undefined {
    if (this.#size >= this.#most) return undefined;
    const row = make();
    const rows = this.#rows.get(first) ?? new Map<unknown, Row>();
    this.#rows.set(first, rows.set(second, row));
    this.#size += 1;
    return row;
  }

  /** All of them, in the order in which their first keys came. */
  *all(): Generator<Row> {
    for (const rows of this.#rows.values()) yield* rows.values();
  }
}
