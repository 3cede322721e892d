/** What makes a connection resumable: frames kept until the other side has said that it has them. */

/** An acknowledgement leaves by itself after so many frames; with other frames it travels earlier. */
const framesPerAck = 32;

/**
 * Counts the frames of calls in both directions, and keeps those sent until they are acknowledged.
 *
 * Frames carry no number: both sides count. After a cut each says how many it has, and the other sends the rest.
 */
export class Replay {
  readonly #maxBytes: number;
  /** Sent and not acknowledged, oldest first. */
  #kept: Uint8Array[] = [];
  #keptBytes = 0;
  /** How many frames were sent before the oldest one kept. */
  #before = 0;
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

  /** How many frames of calls came so far. */
  get received(): number {
    return this.#received;
  }

  /** The connection will not be resumed: nothing more is kept. */
  stop(): void {
    this.#isOn = false;
    this.#kept = [];
    this.#keptBytes = 0;
  }

  /** A frame of a call was queued. */
  keep(frame: Uint8Array): void {
    if (!this.#isOn) return;
    this.#kept.push(frame);
    this.#keptBytes += frame.length;
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
    const done = frames - this.#before;
    if (done > this.#kept.length) return false;
    if (done <= 0) return true;
    for (const frame of this.#kept.splice(0, done)) this.#keptBytes -= frame.length;
    this.#before = frames;
    return true;
  }

  /** The frames that the other side lacks when it has so many, or `undefined` where they are not all here. */
  rest(frames: number): readonly Uint8Array[] | undefined {
    if (!this.#isOn || frames < this.#before || !this.acknowledge(frames)) return undefined;
    this.#acknowledged = this.#received; // the handshake has said it
    return this.#kept;
  }
}
