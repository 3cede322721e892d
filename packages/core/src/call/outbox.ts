/** Frames waiting for the end of the turn, when they leave together in as few messages as possible. */
import { ConcordatError } from "../error/concordat-error.ts";
import { type ByteBudget, endOfFrame } from "../wire/byte-budget.ts";
import type { OutgoingFrame } from "../wire/frame.ts";
import { putFrame } from "../wire/frame-bytes.ts";
import { isCounted } from "../wire/frame-kind.ts";
import type { Limits } from "../wire/limits.ts";
import { checkOwnMetadata } from "../wire/metadata.ts";
import { WireError } from "../wire/wire-error.ts";
import { type Departure, enoughBytes, framesAhead, timesAhead } from "./departure.ts";
import { capacityAfter, leastCapacity, OutgoingMessage } from "./outgoing-message.ts";
import { type AckUrgency, Replay } from "./replay.ts";

/** What a receiver refuses a frame for. */
type OutboxLimits = Pick<Limits, "messageBytes" | "metadataBytes">;

/** Whose queue it is. */
interface OutboxOwner {
  /** How many calls are open. */
  readonly size: number;
  /** The first frame of a turn was queued, or its first item of a stream, or enough to be sent at once. */
  pending(departure: Departure): void;
}

/** One list for all that have none: most connections are idle most of the time. */
const nothing: readonly Uint8Array[] = [];

/** The queue of one connection. */
export class Outbox {
  readonly #owner: OutboxOwner;
  readonly #budget: ByteBudget;
  readonly #framesPerMessage: number;
  #peer: OutboxLimits;
  /** What a resumed session sends before everything else. The replay has it already. */
  #again = nothing;
  /** The message that takes frames; none while nothing waits. */
  #open: OutgoingMessage | undefined;
  /** Messages of this turn that are full. */
  #full: OutgoingMessage[] | undefined;
  #fullBytes = 0;
  #capacity = leastCapacity;
  /** Whether a frame is being written. The getters of what it carries may have others queued meanwhile. */
  #isWriting = false;
  /** Whether an item of a stream waits. */
  #streams = false;
  /** How many frames leave ahead of the end of this turn, and how often some still may. */
  #framesAhead = framesAhead(0);
  #timesAhead = timesAhead;
  /** Queued while a frame is written, in the order in which they began. */
  #behind: OutgoingMessage[] | undefined;
  /** What was sent and may have to be sent again. */
  readonly replay: Replay;

  constructor(
    limits: OutboxLimits & Pick<Limits, "replayBytes" | "depth" | "values" | "framesPerMessage">,
    owner: OutboxOwner,
  ) {
    this.#budget = limits;
    this.#framesPerMessage = limits.framesPerMessage;
    this.replay = new Replay(limits.replayBytes);
    this.#peer = limits;
    this.#owner = owner;
  }

  /** How many bytes of frames were queued in this turn. */
  get waitingBytes(): number {
    return this.#fullBytes + (this.#open?.at ?? 0);
  }

  /** The peer announced what it accepts. */
  limitTo(peer: OutboxLimits): void {
    this.#peer = peer;
  }

  /**
   * Queues a frame.
   *
   * @throws ConcordatError `resource_exhausted` when the peer would refuse it for its size, and what its payload throws;
   * nothing is queued then.
   */
  add(frame: OutgoingFrame): void {
    if ("metadata" in frame) checkOwnMetadata(frame.metadata, this.#peer.metadataBytes);
    const before = this.waitingBytes;
    try {
      if (this.#isWriting) this.#addBehind(frame);
      else this.#addTo(this.#writable(), frame);
    } finally {
      this.#tell(before, frame.kind === "item");
    }
    // An idle side hears little else, and need not keep what has arrived.
    if (frame.kind === "ping" || frame.kind === "pong") this.acknowledge("now");
  }

  /** Goes on with what the other side lacks when it has so many frames. Returns false where that is not all here. */
  resume(frames: number): boolean {
    this.takeMessages(); // so that the replay has what was queued since
    const messages = this.replay.rest(frames);
    if (messages === undefined) return false;
    this.#again = messages;
    if (messages.length > 0) this.#owner.pending("turn");
    return true;
  }

  /** Says how many frames have come, where it is urgent enough. */
  acknowledge(urgency: AckUrgency): void {
    const frames = this.replay.takeAck(urgency);
    if (frames !== undefined) this.add({ kind: "ack", id: 0, frames });
  }

  /** Takes everything out, packed into messages none of which is over the limit. */
  takeMessages(): readonly Uint8Array[] {
    const again = this.#again;
    this.#again = nothing;
    // The turn has ended, or what leaves ahead says behind this that it goes on.
    this.#framesAhead = framesAhead(this.#owner.size);
    this.#timesAhead = timesAhead;
    if (!this.#isWriting) this.#close(); // or a frame would leave by halves
    const full = this.#full;
    if (full === undefined) return again;
    this.#full = undefined;
    this.#fullBytes = 0;
    this.#streams = false;
    const messages = full.map((message) => message.part());
    for (const message of full) this.replay.keep(message);
    return again.length === 0 ? messages : [...again, ...messages];
  }

  /** Has what waits sent: at the turn's end, or at once where it is enough. */
  #tell(before: number, isItem: boolean): void {
    const { waitingBytes } = this;
    if (waitingBytes === 0 || this.#again.length > 0) return;
    const isNews = before === 0 || (isItem && !this.#streams);
    this.#streams ||= isItem;
    // Items of a stream come faster than parts of a turn are waited for.
    const mayLead = !this.#streams && this.#timesAhead > 0;
    const isPart = mayLead && (this.#open?.frames ?? 0) >= this.#framesAhead;
    if (isPart || waitingBytes >= enoughBytes) this.#leave();
    else if (isNews) this.#owner.pending(this.#streams ? "items" : "turn");
  }

  /** Has what waits sent ahead of the turn's end. */
  #leave(): void {
    const frames = this.#framesAhead;
    const times = this.#timesAhead - 1;
    this.#owner.pending("now");
    this.#framesAhead = frames;
    this.#timesAhead = times;
  }

  #addTo(message: OutgoingMessage, frame: OutgoingFrame): void {
    const start = message.at;
    this.#isWriting = true;
    try {
      this.#put(message, frame);
      if (message.at > this.#peer.messageBytes) {
        const next = message.split(start, isCounted(frame));
        this.#close();
        this.#open = next;
      }
    } catch (error) {
      message.cut(start);
      throw error;
    } finally {
      this.#isWriting = false;
      if (this.#behind !== undefined) this.#closeBehind(this.#behind);
    }
  }

  /** A frame that is queued while another one is written leaves behind it, in a message of its own. */
  #addBehind(frame: OutgoingFrame): void {
    const message = new OutgoingMessage(leastCapacity);
    (this.#behind ??= []).push(message);
    try {
      this.#put(message, frame);
    } catch (error) {
      this.#behind = this.#behind.filter((each) => each !== message);
      throw error;
    }
  }

  #closeBehind(behind: readonly OutgoingMessage[]): void {
    this.#behind = undefined;
    if (behind.length === 0) return; // what was queued could not be sent
    this.#close();
    for (const message of behind) this.#fill(message);
    this.#owner.pending("turn");
  }

  /** The message that takes the next frame. */
  #writable(): OutgoingMessage {
    const open = this.#open;
    if (open !== undefined) {
      if (open.frames < this.#framesPerMessage && open.at < enoughBytes) return open;
      this.#close();
    }
    const message = this.replay.spare(this.#capacity) ?? new OutgoingMessage(this.#capacity);
    // Before what may be large: behind it, the memory might have to grow for a few bytes.
    const frames = this.replay.takeAck("along");
    if (frames !== undefined) this.#put(message, { kind: "ack", id: 0, frames });
    return (this.#open = message);
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined || open.frames === 0) return;
    this.#capacity = capacityAfter(open.at);
    this.#fill(open);
  }

  #fill(message: OutgoingMessage): void {
    // Mostly one: a list that grows takes room for seventeen.
    if (this.#full === undefined) this.#full = [message];
    else this.#full.push(message);
    this.#fullBytes += message.at;
  }

  /** @throws ConcordatError where the peer would close the connection over the frame, and what its payload throws. */
  #put(message: OutgoingMessage, frame: OutgoingFrame): void {
    const start = message.at;
    putFrame(message, frame);
    const { messageBytes } = this.#peer;
    const length = message.at - start;
    if (length > messageBytes) {
      throw tooLarge(
        `A message of ${length} bytes is over the limit of ${messageBytes}; stream it in parts.`,
      );
    }
    // Each value takes a byte at least, so most frames need not be counted.
    if (length > this.#budget.values) this.#count(message.part(start));
    message.took(isCounted(frame));
  }

  #count(frame: Uint8Array): void {
    try {
      endOfFrame(frame, 0, this.#budget);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      throw tooLarge(`A message cannot be sent: ${error.message}; stream it in parts.`);
    }
  }
}

function tooLarge(message: string): ConcordatError {
  return new ConcordatError("resource_exhausted", message);
}
