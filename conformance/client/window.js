/** What the server may still send: docs/protocol/calls.md. */
import { BadFrame } from "./msgpack-reader.js";

/** What may still come, and when to say that there is room again. */
export class Window {
  #taken = 0;

  /** @param {number} size */
  constructor(size) {
    this.size = size;
    this.left = size;
  }

  /** @param {number} bytes */
  received(bytes) {
    if (this.left <= 0) throw new BadFrame("an item came without credit");
    this.left -= bytes;
  }

  /** @param {number} bytes */
  consumed(bytes) {
    this.#taken += bytes;
    if (this.#taken * 2 < this.size) return 0;
    const grant = this.#taken;
    this.#taken = 0;
    this.left += grant;
    return grant;
  }
}
