/** Messages that the other side has, to be written anew: their memory costs more to get than to fill. */
import type { OutgoingMessage } from "./outgoing-message.ts";

/** As many as are acknowledged at once where calls are made one by one. */
const most = 8;

/** The spares of one connection: a chain, which costs nothing while there is none. */
export class SpareMessages {
  #first: OutgoingMessage | undefined;
  #count = 0;

  /** Takes a message that is not to be sent again. */
  give(message: OutgoingMessage): void {
    if (this.#count === most) return;
    message.next = this.#first;
    this.#first = message;
    this.#count += 1;
  }

  /** A message to write, with room for so many bytes; `undefined` where the last one given is smaller, or still lent. */
  take(capacity: number): OutgoingMessage | undefined {
    const spare = this.#first;
    if (spare === undefined) return undefined;
    this.#first = spare.next;
    this.#count -= 1;
    if (spare.lent > 0 || spare.bytes.length < capacity) return undefined;
    spare.clear();
    return spare;
  }
}
