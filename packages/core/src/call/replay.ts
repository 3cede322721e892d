/** What makes a connection resumable: messages kept until the other side has said that it has their frames. */
import { concatBytes } from "../wire/concat-bytes.ts";
import { countedFrames } from "../wire/frame-bytes.ts";

/** An acknowledgement leaves by itself after so many frames; with other frames it travels earlier. */
const framesPerAck = 32;

/** One message that was sent. */
interface Kept {
  readonly message: Uint8Array;
  /** How many counted frames it holds. */
  readonly frames: number;
  /** The one that was sent after it. */
  next: Kept | undefined;
}

/**
 * Counts the frames of calls in both directions, and keeps those sent until they are acknowledged.
 *
 * Frames carry no number: both sides count. After a cut each says how many it has, and the other sends the rest.
 */
export class Replay {
  readonly #maxBytes: number;
  /** Sent and not wholly acknowledged: a chain, which costs nothing while there is none. */
  #oldest: Kept | undefined;
  #newest: Kept | undefined;
  #keptBytes = 0;
  /** How many frames were sent before the oldest message kept. */
  #before = 0;
  /** How many frames were sent. */
  #sent = 0;
  /** How many of them the other side has said that it has. */
  #confirmed = 0;
  #received = 0;
  #acknowledged = 0;
  #isOn = true;

  /** @param maxBytes The bound of what is kept. Beyond it the connection stops being resumable, and goes on. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether nothing that the other side may miss was let go. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** Whether the other side has said that it has all that was sent. */
  get isConfirmed(): boolean {
    return this.#confirmed === this.#sent;
  }

  /** How many frames of calls came so far. */
  get received(): number {
    return this.#received;
  }

  /** The connection will not be resumed: nothing more is kept. */
  stop(): void {
    this.#isOn = false;
    this.#oldest = undefined;
    this.#newest = undefined;
    this.#keptBytes = 0;
  }

  /** A message leaves that holds so many counted frames. */
  keep(message: Uint8Array, frames: number): void {
    if (!this.#isOn || frames === 0) return;
    const kept: Kept = { message, frames, next: undefined };
    if (this.#newest === undefined) this.#oldest = kept;
    else this.#newest.next = kept;
    this.#newest = kept;
    this.#keptBytes += message.length;
    this.#sent += frames;
    if (this.#keptBytes > this.#maxBytes) this.stop();
  }

  /** A frame of a call came. */
  count(): void {
    this.#received += 1;
  }

  /** How many frames to acknowledge, or `undefined` while there is nothing, or not enough, that is new. */
  takeAck(urgency: "now" | "when-due"): number | undefined {
    const due = urgency === "now" ? 1 : framesPerAck;
    if (!this.#isOn || this.#received - this.#acknowledged < due) return undefined;
    this.#acknowledged = this.#received;
    return this.#received;
  }

  /** The other side has so many of the frames sent. Returns false where it claims more than there were. */
  acknowledge(frames: number): boolean {
    if (!this.#isOn) return true;
    if (frames > this.#sent) return false;
    this.#confirmed = Math.max(this.#confirmed, frames);
    let oldest = this.#oldest;
    while (oldest !== undefined && this.#before + oldest.frames <= frames) {
      this.#before += oldest.frames;
      this.#keptBytes -= oldest.message.length;
      oldest = oldest.next;
    }
    this.#oldest = oldest;
    if (oldest === undefined) this.#newest = undefined;
    return true;
  }

  /** Messages with the frames that the other side lacks when it has so many, or `undefined` where they are not all here. */
  rest(frames: number): readonly Uint8Array[] | undefined {
    if (!this.#isOn || frames < this.#confirmed || !this.acknowledge(frames)) return undefined;
    this.#acknowledged = this.#received; // the handshake has said it
    const messages: Uint8Array[] = [];
    let skip = frames - this.#before;
    for (let kept = this.#oldest; kept !== undefined; kept = kept.next) {
      messages.push(concatBytes(countedFrames(kept.message).slice(skip)));
      skip = 0;
    }
    return messages;
  }
}
