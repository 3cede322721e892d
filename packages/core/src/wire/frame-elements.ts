/** The elements of frames, read in order. */
import type { FrameWalk } from "./byte-budget.ts";
import { type Fault, readFault } from "./fault.ts";
import { type Metadata, readMetadata } from "./metadata.ts";
import { Source } from "./source.ts";
import { WireError } from "./wire-error.ts";

const nothing = new Uint8Array(0);

/** Reads behind a walk, which has checked every byte: what is left to see is whether each element is of its kind. */
export class FrameElements {
  readonly #from = new Source(nothing);
  readonly #walk: FrameWalk;
  #next = 0;
  /** The last text that was read: the frames of one connection mostly name one procedure. */
  #text = "";

  constructor(walk: FrameWalk) {
    this.#walk = walk;
  }

  /** Begins with another message. */
  beginMessage(message: Uint8Array): void {
    this.#from.bytes = message;
  }

  /** Begins with the frame that was walked last. */
  beginFrame(): void {
    this.#from.at = this.#walk.firstElement;
    this.#next = 0;
  }

  /** @throws WireError where it is none from 0 to 2^53 - 1. */
  whole(what: string): number {
    const end = this.#pass();
    const value = this.#from.nextNumber();
    this.#from.at = end;
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new WireError(`${what} is not a whole number`);
  }

  /** @throws WireError where it is no text. */
  text(what: string): string {
    this.#pass();
    if (this.#from.skipText(this.#text)) return this.#text;
    const text = this.#from.nextText();
    if (text !== undefined) this.#text = text;
    else throw new WireError(`${what} is not text`);
    return text;
  }

  /** @throws WireError where it is none. */
  metadata(): Metadata {
    this.#pass();
    return readMetadata(this.#from);
  }

  /** @throws WireError where it is none. */
  fault(): Fault {
    const end = this.#pass();
    const fault = readFault(this.#from);
    this.#from.at = end;
    return fault;
  }

  /** Whether there is another one. */
  get hasMore(): boolean {
    return this.#next < this.#walk.elements;
  }

  /** The bytes of any value: a view. */
  bytes(): Uint8Array {
    const end = this.#pass();
    return this.#from.take(end - this.#from.at);
  }

  /** Where the next element ends. */
  #pass(): number {
    if (this.#next >= this.#walk.elements) throw new WireError("a frame is too short");
    const end = this.#walk.endOf(this.#next);
    this.#next += 1;
    return end;
  }
}
