/** What makes a connection resumable: messages kept until the other side has said that it has their frames. */
import { concatBytes } from "../wire/concat-bytes.ts";
import { countedFrames } from "../wire/frame-bytes.ts";
import type { OutgoingMessage } from "./outgoing-message.ts";
import { SpareMessages } from "./spare-messages.ts";

/**
 * When to say how many frames have come: whenever there is anything new, along with other frames, or by itself.
 *
 * Along with each answer it would be a tenth of what a lone call costs. The other side keeps no more for it than a few
 * small messages; of large ones it is told at once.
 */
export type AckUrgency = "now" | "along" | "alone";
/** So many frames, or bytes, are enough to say it along with others. */
const framesAlong = 8;
const bytesAlong = 4_096;
/** So many messages, or bytes, by itself: what streams is acknowledged along with its credit before. */
const messagesAlone = 32;
const bytesAlone = 262_144;
/** For so many bytes of the bound one message is kept: a hundred thousand small ones take thirty megabytes. */
const bytesPerMessage = 128;
/** So many are kept under any bound. */
const fewMessages = 256;

/**
 * Counts the frames of calls in both directions, and keeps those sent until they are acknowledged.
 *
 * Frames carry no number: both sides count. After a cut each says how many it has, and the other sends the rest.
 */
export class Replay {
  readonly #maxBytes: number;
  /** Sent and not wholly acknowledged: a chain, which costs nothing while there is none. */
  #oldest: OutgoingMessage | undefined;
  #newest: OutgoingMessage | undefined;
  #keptBytes = 0;
  #keptMessages = 0;
  /** How many frames were sent before the oldest message kept. */
  #before = 0;
  /** How many frames were sent. */
  #sent = 0;
  /** How many of them the other side has said that it has. */
  #confirmed = 0;
  #received = 0;
  #acknowledged = 0;
  /** How many messages and bytes have come since. */
  #unsaidMessages = 0;
  #unsaidBytes = 0;
  #isOn = true;
  /** Messages that the other side has said that it has. */
  #spares: SpareMessages | undefined;

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
    this.#keptMessages = 0;
  }

  /** A message leaves. Its memory is this one's now. */
  keep(message: OutgoingMessage): void {
    if (!this.#isOn || message.counted === 0) return;
    if (this.#newest === undefined) this.#oldest = message;
    else this.#newest.next = message;
    this.#newest = message;
    this.#keptBytes += message.at;
    this.#keptMessages += 1;
    this.#sent += message.counted;
    if (this.#keptBytes > this.#maxBytes || this.#keptMessages > this.#mostMessages) this.stop();
  }

  get #mostMessages(): number {
    return Math.max(fewMessages, this.#maxBytes / bytesPerMessage);
  }

  /** A message to write, with room for so many bytes, in memory that is not needed any more; where there is none, `undefined`. */
  spare(capacity: number): OutgoingMessage | undefined {
    return this.#spares?.take(capacity);
  }

  /** Lets go of memory that is not needed any more. */
  slim(): void {
    this.#spares = undefined;
  }

  /** A frame of a call came. */
  count(): void {
    this.#received += 1;
  }

  /** A message came, of so many bytes, whose frames were counted. */
  countMessage(bytes: number): void {
    if (this.#received === this.#acknowledged) return; // it held none that counts
    this.#unsaidMessages += 1;
    this.#unsaidBytes += bytes;
  }

  /** How many frames to acknowledge, or `undefined` while there is nothing, or not enough, that is new. */
  takeAck(urgency: AckUrgency): number | undefined {
    const frames = this.#received - this.#acknowledged;
    if (!this.#isOn || frames === 0 || !this.#isDue(urgency, frames)) return undefined;
    this.#acknowledged = this.#received;
    this.#unsaidMessages = 0;
    this.#unsaidBytes = 0;
    return this.#received;
  }

  #isDue(urgency: AckUrgency, frames: number): boolean {
    if (urgency === "along") return frames >= framesAlong || this.#unsaidBytes >= bytesAlong;
    const isMuch = this.#unsaidMessages >= messagesAlone || this.#unsaidBytes >= bytesAlone;
    return isMuch || urgency === "now";
  }

  /** The other side has so many of the frames sent. Returns false where it claims more than there were. */
  acknowledge(frames: number): boolean {
    if (!this.#isOn) return true;
    if (frames > this.#sent) return false;
    this.#confirmed = Math.max(this.#confirmed, frames);
    let oldest = this.#oldest;
    while (oldest !== undefined && this.#before + oldest.counted <= frames) {
      const { counted, next, at } = oldest;
      this.#before += counted;
      this.#keptBytes -= at;
      this.#keptMessages -= 1;
      oldest.next = undefined; // or one that is let go would hold all that came after it
      (this.#spares ??= new SpareMessages()).give(oldest);
      oldest = next;
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
      messages.push(concatBytes(countedFrames(kept.part()).slice(skip)));
      skip = 0;
    }
    return messages;
  }
}
