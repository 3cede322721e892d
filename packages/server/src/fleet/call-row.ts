/** The calls of one procedure by one kind of client in one release. */
import type { CallCount, CallOutcome, FleetKey } from "./fleet-snapshot.ts";

/** A row that a call is counted in twice: when it begins and when it ends. */
export class CallRow {
  readonly #key: FleetKey & { readonly procedure: string };
  readonly #ended = new Map<CallOutcome, number>();
  #open = 0;
  /** By far the most calls end well: those cost no lookup. */
  #ok = 0;

  constructor(key: FleetKey & { readonly procedure: string }) {
    this.#key = key;
  }

  /** A call has begun. */
  begin(): void {
    this.#open += 1;
  }

  /** It has ended. */
  end(outcome: CallOutcome): void {
    this.#open -= 1;
    if (outcome === "ok") this.#ok += 1;
    else this.#ended.set(outcome, (this.#ended.get(outcome) ?? 0) + 1);
  }

  /** What was counted. */
  get count(): CallCount {
    const ok = this.#ok === 0 ? {} : { ok: this.#ok };
    return { ...this.#key, open: this.#open, ended: { ...ok, ...Object.fromEntries(this.#ended) } };
  }
}
