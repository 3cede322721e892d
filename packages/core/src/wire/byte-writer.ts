/** MessagePack written from front to back into a buffer that grows: what frames are made of. */
import { valueToBytes } from "./values.ts";

/** Longer texts are left to the library, which has faster ways for them. */
const shortText = 64;

/** A buffer that is written to at its end. */
export class ByteWriter {
  #bytes: Uint8Array;
  #at = 0;

  /** @param capacity How many bytes are likely to be written. */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** How many bytes were written. */
  get length(): number {
    return this.#at;
  }

  /** What was written from `start` to `end`: a view, which later writes do not touch. */
  view(start = 0, end = this.#at): Uint8Array {
    return this.#bytes.subarray(start, end);
  }

  /** Takes back what was written behind `length`. */
  cut(length: number): void {
    this.#at = length;
  }

  /** One byte as it is: a head, or a small integer. */
  byte(byte: number): void {
    if (this.#at === this.#bytes.length) this.#grow(1);
    this.#bytes[this.#at] = byte;
    this.#at += 1;
  }

  /** A whole number from 0 on, in the shortest form. */
  whole(value: number): void {
    if (value < 0x80) return this.byte(value);
    if (value < 0x100) return this.#big(0xcc, value, 1);
    if (value < 0x10000) return this.#big(0xcd, value, 2);
    if (value < 0x1_0000_0000) return this.#big(0xce, value, 4);
    return this.raw(valueToBytes(value));
  }

  /**
   * A text.
   *
   * @throws TypeError where it holds half a surrogate pair.
   */
  text(text: string): void {
    const { length } = text;
    if (length > shortText) return this.raw(valueToBytes(text));
    this.#room(length + 2);
    const start = this.#at;
    const head = length < 32 ? 1 : 2;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return this.raw(valueToBytes(text)); // nothing has moved yet
      this.#bytes[start + head + index] = code;
    }
    if (head === 1) this.#bytes[start] = 0xa0 | length;
    else {
      this.#bytes[start] = 0xd9;
      this.#bytes[start + 1] = length;
    }
    this.#at = start + head + length;
    return undefined;
  }

  /** Bytes that are MessagePack already. */
  raw(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  #big(head: number, value: number, width: 1 | 2 | 4): void {
    this.#room(1 + width);
    this.#bytes[this.#at] = head;
    for (let index = width; index > 0; index -= 1) {
      this.#bytes[this.#at + index] = value >>> ((width - index) * 8);
    }
    this.#at += 1 + width;
  }

  #room(bytes: number): void {
    if (this.#at + bytes > this.#bytes.length) this.#grow(bytes);
  }

  #grow(bytes: number): void {
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + bytes));
    grown.set(this.#bytes.subarray(0, this.#at));
    this.#bytes = grown;
  }
}
