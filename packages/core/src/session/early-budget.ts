/** How much a client may say before it is welcome. */
import type { CallOpening } from "../call/call-opening.ts";
import { metadataBytes } from "../wire/metadata.ts";

/** A frame adds a procedure's name and the heads of its parts to its payload and metadata: never more than this. */
const frameSlack = 512;

/** The heads of a metadata pair's key and value. */
const pairSlack = 8;

/** Counts early data on the client, never less than the server does: one byte over its bound is the end. */
export class EarlyBudget {
  #left: number;

  constructor(maxBytes: number) {
    this.#left = maxBytes;
  }

  /** Whether a request whose payload and metadata take so many bytes still fits. */
  allows(bytes: number): boolean {
    return bytes + frameSlack <= this.#left;
  }

  /** A request was sent, or written where it will be sent from. */
  spend({ payload, metadata }: CallOpening): void {
    const pairBytes = metadata.length * pairSlack;
    this.#left -= payload.length + metadataBytes(metadata) + pairBytes + frameSlack;
  }
}
