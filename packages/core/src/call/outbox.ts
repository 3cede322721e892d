/** Frames waiting for the end of the turn, when they leave together in as few messages as possible. */
import { ConcordatError } from "../error/concordat-error.ts";
import { type ByteBudget, endOfFrame } from "../wire/byte-budget.ts";
import { concatBytes } from "../wire/concat-bytes.ts";
import type { Frame } from "../wire/frame.ts";
import { frameToBytes } from "../wire/frame-bytes.ts";
import { isCounted } from "../wire/frame-kind.ts";
import type { Limits } from "../wire/limits.ts";
import { metadataBytes } from "../wire/metadata.ts";
import { WireError } from "../wire/wire-error.ts";
import { Replay } from "./replay.ts";

/** What a receiver refuses a frame for. */
type OutboxLimits = Pick<Limits, "messageBytes" | "metadataBytes">;

/** The queue of one connection. */
export class Outbox {
  readonly #pending: () => void;
  readonly #budget: ByteBudget;
  readonly #framesPerMessage: number;
  #peer: OutboxLimits;
  #frames: Uint8Array[] = [];
  #bytes = 0;
  /** What was sent and may have to be sent again. */
  readonly replay: Replay;

  /** @param pending Called when the first frame of a turn is queued. */
  constructor(
    limits: OutboxLimits & Pick<Limits, "replayBytes" | "depth" | "values" | "framesPerMessage">,
    pending: () => void,
  ) {
    this.#budget = limits;
    this.#framesPerMessage = limits.framesPerMessage;
    this.replay = new Replay(limits.replayBytes);
    this.#peer = limits;
    this.#pending = pending;
  }

  /** How many bytes wait. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The peer announced what it accepts. */
  limitTo(peer: OutboxLimits): void {
    this.#peer = peer;
  }

  /**
   * Queues a frame.
   *
   * @throws ConcordatError `resource_exhausted` when the peer would refuse it for its size; nothing is queued then.
   */
  add(frame: Frame): void {
    const { messageBytes, metadataBytes: most } = this.#peer;
    if ("metadata" in frame && metadataBytes(frame.metadata) > most) {
      throw tooLarge(`The metadata takes more than the ${most} bytes that the other side accepts.`);
    }
    const bytes = frameToBytes(frame);
    if (bytes.length > messageBytes) {
      throw tooLarge(
        `A message of ${bytes.length} bytes is over the limit of ${messageBytes}; stream it in parts.`,
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
      const isFull =
        size + frame.length > this.#peer.messageBytes || packed.length === this.#framesPerMessage;
      if (isFull && packed.length > 0) {
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
      throw tooLarge(`A message cannot be sent: ${error.message}; stream it in parts.`);
    }
  }

  #queue(bytes: Uint8Array): void {
    this.#frames.push(bytes);
    this.#bytes += bytes.length;
    if (this.#frames.length === 1) this.#pending();
  }
}

function tooLarge(message: string): ConcordatError {
  return new ConcordatError("resource_exhausted", message);
}
