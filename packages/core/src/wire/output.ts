/** Bytes that are written one behind the other. */
import type { Sink } from "./sink.ts";

/** Room for a small message. */
const smallBytes = 128;

/** A place to write to, for one message or a few. */
export class Output implements Sink {
  bytes: Uint8Array<ArrayBuffer>;
  at = 0;
  /** How many keep what they have written. While there are any, nothing is written over it. */
  lent = 0;

  /** @param capacity How many bytes there is room for before it grows. Default: as many as a small message takes. */
  constructor(capacity: number = smallBytes) {
    this.bytes = new Uint8Array(capacity);
  }

  /** A part of what was written, without a copy. What is written later does not touch it. */
  part(start = 0, end: number = this.at): Uint8Array {
    return this.bytes.subarray(start, end);
  }

  /** Takes back what was written behind `length`. */
  cut(length: number): void {
    this.at = length;
  }

  grow(count: number): void {
    // What is larger than all before it is mostly the last: it gets what it needs, not the double of it.
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.at + count));
    bytes.set(this.part());
    this.bytes = bytes;
  }
}
