/** Small messages of a client as frames of WebSocket: head, mask and body in one piece of memory (RFC 6455, section 5.3). */
import {
  applyMask,
  headBytes,
  maskBit,
  maskBytes,
  putHead,
  wholeBytes,
} from "@concordat/core/internal";

/** A mask may not be foreseen, and each is used once. */
const masksAtOnce = 64;
/**
 * Pieces are cut off one after the other: memory of their own would cost each of them more than it is filled with. A socket
 * begins with little, for it keeps it while it idles, and takes twice as much each time.
 */
const firstMemoryBytes = 256;
const mostMemoryBytes = 4_096;

/** The frames of one socket. */
export class MaskedFrames {
  readonly #masks = new Uint8Array(masksAtOnce * maskBytes);
  #masksUsed = this.#masks.length;
  #memory = new ArrayBuffer(0);
  #memoryUsed = 0;
  readonly #fill: (masks: Uint8Array<ArrayBuffer>) => void;

  /** @param fill Fills bytes with what nobody can foresee. */
  constructor(fill: (masks: Uint8Array<ArrayBuffer>) => void) {
    this.#fill = fill;
  }

  /** A message of bytes, of at most 64 KiB, as the frame that it is. */
  frame(message: Uint8Array): Uint8Array {
    const { length } = message;
    const mask = headBytes(length);
    const body = mask + maskBytes;
    const frame = this.#take(body + length);
    putHead(frame, wholeBytes, length, maskBit);
    this.#putMask(frame, mask);
    frame.set(message, body);
    applyMask(frame, body);
    return frame;
  }

  #take(bytes: number): Uint8Array {
    if (this.#memory.byteLength - this.#memoryUsed < bytes) {
      const doubled = Math.min(this.#memory.byteLength * 2, mostMemoryBytes);
      this.#memory = new ArrayBuffer(Math.max(firstMemoryBytes, doubled, bytes));
      this.#memoryUsed = 0;
    }
    const taken = new Uint8Array(this.#memory, this.#memoryUsed, bytes);
    this.#memoryUsed += bytes;
    return taken;
  }

  #putMask(frame: Uint8Array, at: number): void {
    if (this.#masksUsed === this.#masks.length) {
      this.#fill(this.#masks);
      this.#masksUsed = 0;
    }
    for (let index = 0; index < maskBytes; index++) {
      frame[at + index] = this.#masks[this.#masksUsed++] ?? 0;
    }
  }
}
