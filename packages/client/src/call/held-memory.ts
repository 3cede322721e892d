/** What items that wait keep of the messages they came in: an item is a view, and holds all of its message. */

/** More than a window of items that fill their messages. Beyond it, what waits is copied out of messages that it does not. */
const mostBytes = 1_048_576;

/** The memory of one queue of items: an item costs its sender one byte of credit, and would hold a mebibyte. */
export class HeldMemory {
  #bytes = 0;
  /** Of the item that came last, and of the one that was taken last. */
  #newest: ArrayBufferLike | undefined;
  #oldest: ArrayBufferLike | undefined;

  /** The bytes of an item that is to wait: its own, or a copy where others hold enough already. */
  keep(item: Uint8Array): Uint8Array {
    if (item.buffer === this.#newest) return item;
    const { byteLength } = item.buffer;
    const isWasteful = item.length * 2 < byteLength && this.#bytes + byteLength > mostBytes;
    const kept = isWasteful ? item.slice() : item;
    this.#bytes += kept.buffer.byteLength;
    this.#newest = kept.buffer;
    return kept;
  }

  /** An item was taken, in the order in which they came. */
  release({ buffer }: Uint8Array): void {
    if (buffer === this.#oldest) return;
    this.#bytes -= this.#oldest?.byteLength ?? 0;
    this.#oldest = buffer;
  }

  /** Nothing waits any more. */
  clear(): void {
    this.#bytes = 0;
    this.#newest = undefined;
    this.#oldest = undefined;
  }
}
