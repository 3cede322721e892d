/** How far a stream has come, over all the calls that it took. */
import type { Metadata } from "@concordat/core";
import { cursorKey, maxCursorBytes } from "@concordat/core/internal";

/** One stream's last cursor, and which of its items belong to a call that is over. */
export class StreamProgress {
  /** Of the last item that had one. */
  #cursor: string | undefined;
  /** Items that came and were not consumed. */
  #waitingBytes = 0;
  /** Those of them that came on calls before the present one: they have no credit to give back. */
  #formerBytes = 0;

  /** Where another call goes on; `undefined` where it would begin anew. Only a server gives one, and only in server streams. */
  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** An item came. */
  item(bytes: number, cursor: string | undefined): void {
    this.#waitingBytes += bytes;
    // A longer one is no cursor: its server would refuse it.
    if (cursor !== undefined && cursor.length <= maxCursorBytes) this.#cursor = cursor;
  }

  /** An item was consumed. Returns whether its credit goes back to the present call. */
  consumed(bytes: number): boolean {
    this.#waitingBytes -= bytes;
    if (this.#formerBytes === 0) return true;
    this.#formerBytes -= bytes;
    return false;
  }

  /** The call is made again. */
  again(): void {
    this.#formerBytes = this.#waitingBytes;
  }

  /** The metadata of a call that goes on from here. */
  mark(metadata: Metadata): Metadata {
    return this.#cursor === undefined ? metadata : [...metadata, [cursorKey, this.#cursor]];
  }
}
