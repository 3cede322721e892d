/** What the owner of a call is told, in the order in which it happens. */
import type { ConcordatError } from "../error/concordat-error.ts";
import type { Metadata } from "../wire/metadata.ts";

/** The owner of one call: a client's promise or iterator, or a server's handler. */
export interface CallEar {
  /** Leading metadata came. Requester only; once and before everything else, of a peer that keeps to the protocol. */
  leading(metadata: Metadata): void;
  /** An item came. Its bytes count against the window until {@link Call.consumed} is told of them. */
  item(payload: Uint8Array, cursor?: string): void;
  /**
   * The other side has said all. For the requester the call is over, and `payload` is its response, or
   * `undefined` where the kind streams responses. For the responder the caller's stream is complete.
   */
  finished(payload: Uint8Array | undefined, metadata: Metadata): void;
  /**
   * The call is over without having gone well. For the requester the answer, the deadline, or a lost connection;
   * for the responder that the caller gave up, the deadline, or a lost connection: whatever it still sends is dropped.
   */
  failed(error: ConcordatError, metadata: Metadata): void;
  /** Credit came back after {@link Call.canSend} was false. */
  writable(): void;
}
