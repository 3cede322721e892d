/** The promise of one response. */
import type { ConcordatError } from "@concordat/core";
import { nil } from "@concordat/core/internal";
import type { Caller } from "./caller.ts";
import type { OutgoingEar } from "./outgoing-call.ts";
import type { BoundProcedure } from "./procedure.ts";

/** Settles a promise with what becomes of a call. One for the whole call: each more would cost as much as a small message. */
export class PromisedResponse implements OutgoingEar {
  readonly #caller: Caller;
  readonly #resolve: (response: unknown) => void;
  readonly #reject: (error: unknown) => void;

  constructor(
    caller: Caller,
    resolve: (response: unknown) => void,
    reject: (error: unknown) => void,
  ) {
    this.#caller = caller;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  item(): void {
    // the call machine lets no item through on these kinds
  }

  finished(response: Uint8Array = nil, spoken: BoundProcedure): void {
    try {
      this.#resolve(spoken.responseFromBytes(response, this.#caller.connector.negotiated));
    } catch (error) {
      this.#reject(error);
    }
  }

  failed(error: ConcordatError): void {
    this.#reject(error);
  }
}
