/** The elements of one frame, read in order: small integers and short texts without the library. */
import type { FrameWalk } from "./byte-budget.ts";
import { type Metadata, metadataFromWire, noMetadata } from "./metadata.ts";
import { decodeWalked } from "./values.ts";
import { WireError } from "./wire-error.ts";

/** Longer texts are left to the library. */
const shortText = 32;

/** Reads behind a walk, which has checked every byte: what is left to see is whether each element is of its kind. */
export class FrameElements {
  readonly #message: Uint8Array;
  readonly #walk: FrameWalk;
  #next = 0;
  #at: number;

  constructor(message: Uint8Array, walk: FrameWalk) {
    this.#message = message;
    this.#walk = walk;
    this.#at = walk.firstElement;
  }

  /** @throws WireError where it is none from 0 to 2^53 - 1. */
  whole(what: string): number {
    const head = this.#message[this.#at] ?? 0;
    if (head < 0x80 && this.#next < this.#walk.elements) {
      this.#skip();
      return head;
    }
    const value = head === 0xcd ? this.#uint16() : this.value();
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    throw new WireError(`${what} is not a whole number`);
  }

  /** @throws WireError where it is no text. */
  text(what: string): string {
    const start = this.#at;
    const head = this.#message[start] ?? 0;
    const length = head - 0xa0;
    if (length >= 0 && length < shortText) {
      const text = asciiText(this.#message, start + 1, length);
      if (text !== undefined) {
        this.#skip();
        return text;
      }
    }
    const value = this.value();
    if (typeof value === "string") return value;
    throw new WireError(`${what} is not text`);
  }

  /** @throws WireError where it is none. */
  metadata(): Metadata {
    if (this.#message[this.#at] !== 0x90) return metadataFromWire(this.value());
    this.#skip();
    return noMetadata;
  }

  /** Whether there is another one. */
  get hasMore(): boolean {
    return this.#next < this.#walk.elements;
  }

  /** Any value. */
  value(): unknown {
    return decodeWalked(this.bytes());
  }

  /** The bytes of any value: a view. */
  bytes(): Uint8Array {
    const start = this.#at;
    this.#skip();
    return this.#message.subarray(start, this.#at);
  }

  #uint16(): number {
    const at = this.#at;
    this.#skip();
    return ((this.#message[at + 1] ?? 0) << 8) | (this.#message[at + 2] ?? 0);
  }

  #skip(): void {
    if (this.#next >= this.#walk.elements) throw new WireError("a frame is too short");
    this.#at = this.#walk.endOf(this.#next);
    this.#next += 1;
  }
}

/** `undefined` where there is more than ASCII. */
function asciiText(bytes: Uint8Array, start: number, length: number): string | undefined {
  let text = "";
  for (let at = start; at < start + length; at += 1) {
    const code = bytes[at] ?? 0;
    if (code > 0x7f) return undefined;
    text += String.fromCharCode(code);
  }
  return text;
}
