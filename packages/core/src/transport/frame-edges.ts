/** Where the frames of a WebSocket begin and end in what its socket reads (RFC 6455, section 5.2). */
import { longestLength, longLength, maskBit, maskBytes } from "./web-socket-frame.ts";

/** Set in opcodes of control frames, which may stand between the frames of a message. */
const controlBit = 0x08;
const lastBit = 0x80;

/** Follows the frames of one direction of one connection. It judges nothing: mistakes are the parser's. */
export class FrameEdges {
  /** How many bytes of a head have come, and how many it has: two at least, of which the second one tells. */
  #seen = 0;
  #headBytes = 2;
  /** Where the length ends in the head. */
  #lengthEnd = 2;
  #length = 0;
  /** How much of the body has not come. */
  #body = 0;
  #isWithinMessage = false;
  #isControl = false;

  /** Whether what comes next begins a message, or a control frame. */
  get isBetweenMessages(): boolean {
    return this.#seen === 0 && this.#body === 0 && !this.#isWithinMessage;
  }

  /** Goes on behind a chunk, and returns how many messages end in it. */
  pass(chunk: Uint8Array): number {
    let ended = 0;
    let at = 0;
    while (at < chunk.length) {
      if (this.#body === 0) this.#head(chunk[at++] ?? 0);
      else {
        const passed = Math.min(this.#body, chunk.length - at);
        this.#body -= passed;
        at += passed;
      }
      if (this.isBetweenMessages && !this.#isControl) ended += 1;
    }
    return ended;
  }

  #head(byte: number): void {
    const place = this.#seen++;
    if (place === 0) this.#opcode(byte);
    else if (place === 1) this.#shortLength(byte);
    else if (place < this.#lengthEnd) this.#length = this.#length * 256 + byte;
    if (this.#seen < this.#headBytes) return;
    this.#seen = 0;
    this.#body = this.#length;
  }

  #opcode(byte: number): void {
    this.#isControl = (byte & controlBit) !== 0;
    if (!this.#isControl) this.#isWithinMessage = (byte & lastBit) === 0;
  }

  #shortLength(byte: number): void {
    const length = byte & ~maskBit;
    const lengthBytes = length === longestLength ? 8 : length === longLength ? 2 : 0;
    this.#length = lengthBytes === 0 ? length : 0;
    this.#lengthEnd = 2 + lengthBytes;
    this.#headBytes = this.#lengthEnd + ((byte & maskBit) === 0 ? 0 : maskBytes);
  }
}
