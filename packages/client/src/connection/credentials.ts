/** What the client shows to be let in, and to stay. */
import type { Clock } from "@concordat/core/internal";

/** Why a supplier of credentials is asked. */
export interface CredentialsRequest {
  /** Whether the last ones have expired, will soon, or were turned down: an answer from a cache is no use then. */
  readonly refresh: boolean;
}

/** The credentials of one client: a value, or a function that is asked each time. */
export class Credentials {
  readonly #given: unknown;
  readonly #clock: Clock;
  /** From when on the last ones are no good any more, or not for long. */
  staleFrom = Infinity;
  /** Whether the last ones were asked for as fresh ones. */
  #wereFresh = false;

  constructor(given: unknown, clock: Clock) {
    this.#given = given;
    this.#clock = clock;
  }

  /** Whether there may be others than the last ones. */
  get canChange(): boolean {
    return typeof this.#given === "function";
  }

  /** Whether fresh ones may be better than the last ones: those may have come out of a cache. */
  get canRefresh(): boolean {
    return this.canChange && !this.#wereFresh;
  }

  /** Those that were shown are no good any more. */
  distrust(): void {
    this.staleFrom = -Infinity;
  }

  /** Asks for them. Rejects with what the application's function throws. */
  async supply(): Promise<unknown> {
    if (typeof this.#given !== "function") return this.#given;
    const request: CredentialsRequest = { refresh: this.#clock.now() >= this.staleFrom };
    this.#wereFresh = request.refresh;
    // The client's options say what the function is given.
    const fresh = await (this.#given as (request: CredentialsRequest) => unknown)(request);
    this.staleFrom = Infinity; // where it throws the last ones are still those
    return fresh;
  }
}
