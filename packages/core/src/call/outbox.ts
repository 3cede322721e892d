/** Frames waiting for the end of the turn, when they leave together in as few messages as possible. */
import { ConcordatError } from "../error/concordat-error.ts";
import { type ByteBudget, endOfFrame } from "../wire/byte-budget.ts";
import { concatBytes } from "../wire/concat-bytes.ts";
import type { Frame } from "../wire/frame.ts";
import { frameToBytes } from "../wire/frame-bytes.ts";
import { isCounted } from "../wire/frame-kind.ts";
import type { Limits } from "../wire/limits.ts";
import { WireError } from "../wire/wire-error.ts";
import { Replay } from "./replay.ts";

/** The queue of one connection. */
export class Outbox {
  readonly #pending: () => void;
  readonly #budget: ByteBudget;
  #maxMessageBytes: number;
  #frames: Uint8Array[] = [];
  #bytes = 0;
  /** What was sent and may have to be sent again. */
  readonly replay: Replay;

  /** @param pending Called when the first frame of a turn is queued. */
  constructor(
    limits: Pick<Limits, "messageBytes" | "replayBytes" | "depth" | "values">,
    pending: () => void,
  ) {
    this.#budget = limits;
    this.replay = new Replay(limits.replayBytes);
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
    // Each value takes a byte at least, so most frames need not be counted.
    if (bytes.length > this.#budget.values) this.#count(bytes);
    if (isCounted(frame.kind)) this.replay.keep(bytes);
    this.#queue(bytes);
  }

  /** Queues these frames in place of all that wait: what a resumed session goes on with. */
  replace(frames: readonly Uint8Array[]): void {
    this.#frames = [];
    this.#bytes = 0;
    for (const frame of frames) this.#queue(frame);
  }

  /** Says how many frames have come: now if there is anything new, or when enough have come to say it by itself. */
  acknowledge(urgency: "now" | "when-due"): void {
    const frames = this.replay.takeAck(urgency);
    if (frames !== undefined) this.add({ kind: "ack", id: 0, frames });
  }

  /** Takes everything out, packed into messages none of which is over the limit. */
  takeMessages(): Uint8Array[] {
    if (this.#frames.length > 0) this.acknowledge("now"); // it travels along
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

  /** A receiver closes the connection over too many values; the one call that holds them fails instead. */
  #count(bytes: Uint8Array): void {
    try {
      endOfFrame(bytes, 0, this.#budget);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      throw new ConcordatError(
        "resource_exhausted",
        `A message cannot be sent: ${error.message}; stream it in parts.`,
      );
    }
  }

  #queue(bytes: Uint8Array): void {
    this.#frames.push(bytes);
    this.#bytes += bytes.length;
    if (this.#frames.length === 1) this.#pending();
  }
}
