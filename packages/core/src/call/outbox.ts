/** Frames waiting for the end of the turn, when they leave together in as few messages as possible. */
import { ConcordatError } from "../error/concordat-error.ts";
import { concatBytes } from "../wire/concat-bytes.ts";
import type { Frame } from "../wire/frame.ts";
import { frameToBytes } from "../wire/frame-bytes.ts";
import type { Limits } from "../wire/limits.ts";

/** The queue of one connection. */
export class Outbox {
  readonly #pending: () => void;
  #maxMessageBytes: number;
  #frames: Uint8Array[] = [];
  #bytes = 0;

  /** @param pending Called when the first frame of a turn is queued. */
  constructor(limits: Pick<Limits, "messageBytes">, pending: () => void) {
    this.#maxMessageBytes = limits.messageBytes;
    this.#pending = pending;
  }

  /** How many bytes wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The peer accepts messages up to this size. */
  limitTo(maxMessageBytes: number): void {
    this.#maxMessageBytes = maxMessageBytes;
  }

  /**
   * Queues a frame.
   *
   * @throws ConcordatError `resource_exhausted` when the peer would refuse it for its size; nothing is queued then.
   */
  add(frame: Frame): void {
    const bytes = frameToBytes(frame);
    if (bytes.length > this.#maxMessageBytes) {
      throw new ConcordatError(
        "resource_exhausted",
        `A message of ${bytes.length} bytes is over the limit of ${this.#maxMessageBytes}; stream it in parts.`,
      );
    }
    this.#frames.push(bytes);
    this.#bytes += bytes.length;
    if (this.#frames.length === 1) this.#pending();
  }

  /** Takes everything out, packed into messages none of which is over the limit. */
  takeMessages(): Uint8Array[] {
    const frames = this.#frames;
    this.#frames = [];
    this.#bytes = 0;
    const messages: Uint8Array[] = [];
    let packed: Uint8Array[] = [];
    let size = 0;
    for (const frame of frames) {
      if (size + frame.length > this.#maxMessageBytes && packed.length > 0) {
        messages.push(concatBytes(packed));
        packed = [];
        size = 0;
      }
      packed.push(frame);
      size += frame.length;
    }
    if (packed.length > 0) messages.push(concatBytes(packed));
    return messages;
  }
}
