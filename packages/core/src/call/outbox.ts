/** Frames waiting for the end of the turn, when they leave together in as few messages as possible. */
import { ConcordatError } from "../error/concordat-error.ts";
import { type ByteBudget, endOfFrame } from "../wire/byte-budget.ts";
import type { Frame } from "../wire/frame.ts";
import { putFrame } from "../wire/frame-bytes.ts";
import { isCounted } from "../wire/frame-kind.ts";
import type { Limits } from "../wire/limits.ts";
import { metadataBytes } from "../wire/metadata.ts";
import { Output } from "../wire/output.ts";
import { WireError } from "../wire/wire-error.ts";
import { Replay } from "./replay.ts";

/** What a receiver refuses a frame for. */
type OutboxLimits = Pick<Limits, "messageBytes" | "metadataBytes">;

/** A turn's buffer starts as large as the last one was, within these bounds. */
const leastCapacity = 128;
const mostCapacity = 65_536;
/** A head takes the room that the longest one needs, also at the end. */
const spare = 8;

/** The queue of one connection. */
export class Outbox {
  readonly #pending: () => void;
  readonly #budget: ByteBudget;
  readonly #framesPerMessage: number;
  #peer: OutboxLimits;
  /** What a resumed session sends before everything else. The replay has it already. */
  #again: readonly Uint8Array[] = [];
  /** The frames of this turn, one behind the other; none while nothing waits. */
  #output: Output | undefined;
  #capacity = leastCapacity;
  /** Messages of this turn that are full. */
  #full: OutgoingMessage[] = [];
  #open = emptyMessage(0);
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

  /** How many bytes of frames were queued in this turn. */
  get waitingBytes(): number {
    return this.#output?.length ?? 0;
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
    const { metadataBytes: most } = this.#peer;
    if ("metadata" in frame && frame.metadata.length > 0 && metadataBytes(frame.metadata) > most) {
      throw tooLarge(`The metadata takes more than the ${most} bytes that the other side accepts.`);
    }
    const isFirst = this.#output === undefined;
    const output = (this.#output ??= new Output(this.#capacity));
    const start = output.length;
    try {
      putFrame(output, frame);
      this.#check(output, start);
    } catch (error) {
      if (isFirst) this.#output = undefined;
      else output.cut(start);
      throw error;
    }
    this.#pack(start, output.length, isCounted(frame.kind));
    if (isFirst && this.#again.length === 0) this.#pending();
  }

  /** Drops what waits, which the replay keeps: the connection is gone. */
  park(): void {
    this.takeMessages();
  }

  /** Goes on with what the other side lacks. Parked before. */
  resume(messages: readonly Uint8Array[]): void {
    this.#again = messages;
    if (messages.length > 0) this.#pending();
  }

  /** Says how many frames have come: now if there is anything new, or when enough have come to say it by itself. */
  acknowledge(urgency: "now" | "when-due"): void {
    const frames = this.replay.takeAck(urgency);
    if (frames !== undefined) this.add({ kind: "ack", id: 0, frames });
  }

  /** Takes everything out, packed into messages none of which is over the limit. */
  takeMessages(): readonly Uint8Array[] {
    const again = this.#again;
    this.#again = [];
    if (this.#output !== undefined) this.acknowledge("now"); // it travels along
    const output = this.#output;
    if (output === undefined) return again;
    this.#output = undefined;
    this.#capacity = Math.min(mostCapacity, Math.max(leastCapacity, output.length + spare));
    const messages = [...again];
    this.#full.push(this.#open);
    for (const { start, end, counted } of this.#full) {
      const message = output.part(start, end);
      this.replay.keep(message, counted);
      messages.push(message);
    }
    this.#full = [];
    this.#open = emptyMessage(0);
    return messages;
  }

  /** @throws ConcordatError where the peer would close the connection over the frame from `start` on. */
  #check(output: Output, start: number): void {
    const { messageBytes } = this.#peer;
    const length = output.length - start;
    if (length > messageBytes) {
      throw tooLarge(
        `A message of ${length} bytes is over the limit of ${messageBytes}; stream it in parts.`,
      );
    }
    // Each value takes a byte at least, so most frames need not be counted.
    if (length <= this.#budget.values) return;
    try {
      endOfFrame(output.part(start), 0, this.#budget);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      throw tooLarge(`A message cannot be sent: ${error.message}; stream it in parts.`);
    }
  }

  #pack(start: number, end: number, counts: boolean): void {
    const open = this.#open;
    const isFull =
      end - open.start > this.#peer.messageBytes || open.frames === this.#framesPerMessage;
    if (isFull && open.frames > 0) {
      this.#full.push(open);
      this.#open = emptyMessage(start);
    }
    this.#open.end = end;
    this.#open.frames += 1;
    if (counts) this.#open.counted += 1;
  }
}

/** One message of a turn, as a part of what was written. */
interface OutgoingMessage {
  readonly start: number;
  end: number;
  frames: number;
  /** How many of its frames belong to calls. */
  counted: number;
}

function emptyMessage(start: number): OutgoingMessage {
  return { start, end: start, frames: 0, counted: 0 };
}

function tooLarge(message: string): ConcordatError {
  return new ConcordatError("resource_exhausted", message);
}
