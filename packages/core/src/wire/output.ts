/** Bytes that are written one behind the other: into large pieces of memory, out of which messages are cut. */

/** What a fresh piece holds. A message that is larger than half of it gets memory of its own. */
const pieceBytes = 16_384;

/** A place to write to. What was taken out of it is never written to again. */
export class Output {
  bytes: Uint8Array = new Uint8Array(0);
  /** Where the next byte goes. */
  at = 0;
  #start = 0;

  /** Begins a message. */
  begin(): void {
    this.#start = this.at;
  }

  /** Makes room for so many more bytes of the message that was begun. */
  reserve(count: number): void {
    if (this.at + count > this.bytes.length) this.#grow(count);
  }

  /** The message that was begun, without a copy. */
  take(): Uint8Array {
    const message = this.bytes.subarray(this.#start, this.at);
    this.#start = this.at;
    return message;
  }

  /** Forgets what was written since the message was begun. */
  drop(): void {
    this.at = this.#start;
  }

  #grow(count: number): void {
    const written = this.at - this.#start;
    const needed = written + count;
    const size = needed > pieceBytes / 2 ? needed + (written === 0 ? 0 : needed) : pieceBytes;
    const bytes = new Uint8Array(size);
    if (written > 0) bytes.set(this.bytes.subarray(this.#start, this.at));
    this.bytes = bytes;
    this.at = written;
    this.#start = 0;
  }
}
