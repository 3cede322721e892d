/** One kind of client in one release of one contract: what connections and their calls are counted under. */
import type { ConnectionCount, FleetKey } from "./fleet-snapshot.ts";

/** A row that connections are counted in. */
export class Seat {
  readonly key: FleetKey;
  #open = 0;
  #total = 0;

  constructor(key: FleetKey) {
    this.key = key;
  }

  /** A connection takes it. */
  take(): void {
    this.#open += 1;
    this.#total += 1;
  }

  /** It is gone. */
  leave(): void {
    this.#open -= 1;
  }

  /** What was counted. */
  get count(): ConnectionCount {
    return { ...this.key, open: this.#open, total: this.#total };
  }
}
