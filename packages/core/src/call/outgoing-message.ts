/** One message of a turn, while frames are put into it. */
import { Output } from "../wire/output.ts";

/** A message's memory starts as large as the last one was, within these bounds. */
export const leastCapacity = 64;
const mostCapacity = 65_536;
/** A head takes the room that the longest one needs, also at the end. */
const headBytes = 8;

/** How many bytes of memory the next message starts with, behind one of so many bytes. */
export function capacityAfter(bytes: number): number {
  return Math.min(mostCapacity, Math.max(leastCapacity, bytes + headBytes));
}

/** Frames, one behind the other, and the memory that they stand in. */
export class OutgoingMessage extends Output {
  frames = 0;
  /** How many of its frames are counted, see `isCounted`. */
  counted = 0;
  /** The one behind it, where messages stand in a chain. */
  next: OutgoingMessage | undefined;

  /** A frame was written. */
  took(isCounted: boolean): void {
    this.frames += 1;
    if (isCounted) this.counted += 1;
  }

  /** Makes it as good as new. */
  clear(): void {
    this.cut(0);
    this.frames = 0;
    this.counted = 0;
    this.next = undefined;
  }

  /** Takes the last frame out again, which began at `start`, into a message of its own. */
  split(start: number, isCounted: boolean): OutgoingMessage {
    const frame = this.part(start);
    const other = new OutgoingMessage(frame.length);
    other.bytes.set(frame);
    other.at = frame.length;
    other.took(isCounted);
    this.cut(start);
    this.frames -= 1;
    if (isCounted) this.counted -= 1;
    return other;
  }
}
