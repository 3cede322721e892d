/** What the client shows to be let in, and to stay. */

/** Why a supplier of credentials is asked. */
export interface CredentialsRequest {
  /** Whether the last ones have expired, will soon, or were turned down: an answer from a cache is no use then. */
  readonly refresh: boolean;
}

/** The credentials of one client: a value, or a function that is asked each time. */
export class Credentials {
  readonly #given: unknown;
  #isStale = false;

  constructor(given: unknown) {
    this.#given = given;
  }

  /** Whether there may be others than the last ones. */
  get canChange(): boolean {
    return typeof this.#given === "function";
  }

  /** Those that were shown are no good any more. */
  distrust(): void {
    this.#isStale = true;
  }

  /** Asks for them. Rejects with what the application's function throws. */
  async supply(): Promise<unknown> {
    const request: CredentialsRequest = { refresh: this.#isStale };
    this.#isStale = false;
    if (typeof this.#given !== "function") return this.#given;
    // The client's options say what the function is given.
    return (this.#given as (request: CredentialsRequest) => unknown)(request);
  }
}
