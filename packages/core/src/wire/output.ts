/** Bytes that are written one behind the other: into large pieces of memory, out of which messages are cut. */
import type { Sink } from "./sink.ts";

/** What a fresh piece holds, where nothing else is said. */
const pieceBytes = 16_384;

/** A place to write to. What was taken out of it is never written to again. */
export class Output implements Sink {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  view: DataView = new DataView(this.bytes.buffer);
  at = 0;
  #start = 0;
  readonly #pieceBytes: number;

  /** @param piece How many bytes a fresh piece of memory holds. A message that is larger than half of it gets memory of its own. */
  constructor(piece: number = pieceBytes) {
    this.#pieceBytes = piece;
  }

  /** Begins a message. */
  begin(): void {
    this.#start = this.at;
  }

  /** How many bytes of the message that was begun there are. */
  get length(): number {
    return this.at - this.#start;
  }

  /** A part of the message that was begun, without a copy. */
  part(start = 0, end = this.length): Uint8Array {
    return this.bytes.subarray(this.#start + start, this.#start + end);
  }

  /** Takes back what was written of it behind `length`. */
  cut(length: number): void {
    this.at = this.#start + length;
  }

  /** The message that was begun, without a copy. */
  take(): Uint8Array {
    const message = this.part();
    this.#start = this.at;
    return message;
  }

  grow(count: number): void {
    const written = this.length;
    const needed = written + count;
    const size =
      needed > this.#pieceBytes / 2 ? needed + (written === 0 ? 0 : needed) : this.#pieceBytes;
    const bytes = new Uint8Array(size);
    if (written > 0) bytes.set(this.part());
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
    this.at = written;
    this.#start = 0;
  }
}
