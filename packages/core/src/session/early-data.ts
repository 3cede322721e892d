/** What a client sends before it is welcome: kept within a bound, then executed or dropped. */
import { endOfFrame } from "../wire/byte-budget.ts";
import { framesFromBytes } from "../wire/frame-bytes.ts";
import type { Limits } from "../wire/limits.ts";
import { WireError } from "../wire/wire-error.ts";

/** Early data of one connection. */
export class EarlyData {
  readonly #maxBytes: number;
  #messages: Uint8Array[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Keeps a message that came while the hello was being decided on.
   *
   * @throws WireError when all of them together are over the bound.
   */
  keep(message: Uint8Array): void {
    if (message.length === 0) return; // it means nothing, and no bound of bytes would count it
    this.#count(message.length);
    this.#messages.push(message);
  }

  /** Takes all kept messages out. Those that are dropped are counted again, see {@link afterBegin}. */
  take(): readonly Uint8Array[] {
    const messages = this.#messages;
    this.#messages = [];
    this.#bytes = 0;
    return messages;
  }

  /**
   * What stands behind the `begin` frame in a message, or `undefined` where it holds none: all of it is dropped then.
   *
   * @throws WireError when the message is not made of frames, or when all that is dropped is over the bound.
   */
  afterBegin(message: Uint8Array, limits: Limits): Uint8Array | undefined {
    let at = 0;
    while (at < message.length) {
      const end = endOfFrame(message, at, limits);
      const [frame] = framesFromBytes(message.subarray(at, end), limits);
      if (frame?.kind === "begin") return message.subarray(end);
      this.#count(end - at);
      at = end;
    }
    return undefined;
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#maxBytes) return;
    const message = `more than ${this.#maxBytes} bytes came before the welcome`;
    throw new WireError(message, "bad-handshake");
  }
}
