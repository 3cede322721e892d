/** What the server may still send: docs/protocol/calls.md. */
import { whole } from "./frame.js";
import { BadFrame } from "./msgpack-reader.js";

/**
 * Credit, and what the server grants on top of it.
 *
 * @param {number} credit
 * @param {unknown} bytes
 */
export function raised(credit, bytes) {
  const sum = credit + whole(bytes);
  if (sum > 2_147_483_647) throw new BadFrame("more credit than anybody could mean");
  return sum;
}

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
