/** When frames that wait are to leave. */

/** When what waits is to leave: at once, at the end of the turn, or when no item of a stream follows any more. */
export type Departure = "now" | "turn" | "items";

/**
 * A message so long takes no more frames, and need not wait for the end of the turn: 16 KiB fill several segments of any
 * network, and the other side reads them while this one writes on. With 64 KiB the two took turns, at a twelfth less of
 * calls of 1 KB and two thirds less of calls of 16 KB.
 */
export const enoughBytes = 16_384;

/**
 * So many small frames of a turn leave ahead of the others: the other side begins with them while this one writes on. With all in
 * one message the two took turns, at two fifths less of 64 calls in flight and half of sixteen. Where four take more than a
 * kilobyte, 16 KiB are there soon; and items of a stream come faster than they are waited for.
 */
const firstFrames = 4;
const firstBytes = 1_024;

/** Whether so many frames, of so many bytes, are those that leave ahead. */
export function leadsTurn(frames: number | undefined, bytes: number): boolean {
  return frames === firstFrames && bytes <= firstBytes;
}
