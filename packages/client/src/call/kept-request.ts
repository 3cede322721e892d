/** A request as the application gave it, kept until it is over: which bytes it is depends on the connection. */
import type { BoundProcedure } from "./procedure.ts";

/** One request. */
export class KeptRequest {
  readonly #request: unknown;
  /** The form that it was last written in. */
  #spoken: BoundProcedure;
  #bytes: Uint8Array;

  /**
   * Writes it at once, in the form of the newest release: mostly that is what is sent.
   *
   * @throws ConcordatError `invalid_argument` where it does not match.
   */
  constructor(procedure: BoundProcedure, request: unknown) {
    this.#request = request;
    this.#spoken = procedure;
    this.#bytes = procedure.requestToBytes(request);
  }

  /**
   * Its bytes in the form that a connection speaks. What that form does not declare is left out.
   *
   * @throws ConcordatError `invalid_argument` where it was changed meanwhile and does not match any more.
   */
  bytesIn(spoken: BoundProcedure): Uint8Array {
    if (spoken !== this.#spoken) {
      this.#bytes = spoken.requestToBytes(this.#request);
      this.#spoken = spoken;
    }
    return this.#bytes;
  }
}
