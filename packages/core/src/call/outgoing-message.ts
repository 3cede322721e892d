/** One message of a turn, while frames are put into it. */
import { Output } from "../wire/output.ts";

/** Frames, one behind the other. */
export class OutgoingMessage {
  readonly output: Output;
  frames = 0;
  /** How many of its frames are counted, see `isCounted`. */
  counted = 0;
  /** The one behind it, where messages stand in a chain. */
  next: OutgoingMessage | undefined;

  constructor(capacity: number) {
    this.output = new Output(capacity);
  }

  /** A frame was written. */
  took(isCounted: boolean): void {
    this.frames += 1;
    if (isCounted) this.counted += 1;
  }

  /** Makes it as good as new. */
  clear(): void {
    this.output.cut(0);
    this.frames = 0;
    this.counted = 0;
    this.next = undefined;
  }

  /** Takes the last frame out again, which began at `start`, into a message of its own. */
  split(start: number, isCounted: boolean): OutgoingMessage {
    const frame = this.output.part(start);
    const other = new OutgoingMessage(frame.length);
    other.output.bytes.set(frame);
    other.output.at = frame.length;
    other.took(isCounted);
    this.output.cut(start);
    this.frames -= 1;
    if (isCounted) this.counted -= 1;
    return other;
  }
}
