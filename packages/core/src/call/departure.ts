/** When frames that wait are to leave. */

/** When what waits is to leave: at once, at the end of the turn, or when no item of a stream follows any more. */
export type Departure = "now" | "turn" | "items";

/**
 * A message so long takes no more frames, and need not wait for the end of the turn: 16 KiB fill several segments of any
 * network, and the other side reads them while this one writes on. With 64 KiB the two took turns, at a twelfth less of
 * calls of 1 KB and two thirds less of calls of 16 KB.
 */
export const enoughBytes = 16_384;

/** Fewer calls than these leave as they come: a message for each costs more than waiting for the other ones. */
const fewOpen = 4;
/** From so many on two parts are enough: each takes as long as it takes to wake the other side. */
const manyOpen = 32;

/** More frames than a message holds: a small number by itself, which a connection that is idle keeps without an object. */
const never = 0x3fff_ffff;

/** How often frames of a turn leave ahead of its end at most, but for the size of what waits. */
export const timesAhead = 3;

/**
 * How many frames of a turn make a part that leaves ahead of its end, where so many calls were open at the end of the turn
 * before: a third of them, or half. The other side works on one part while this one makes the next. With all
 * in one message the two took turns, at two fifths less of 64 calls in flight and half of sixteen; with parts of one size
 * for any number of calls each was woken more often than needed. See decision 35.
 */
export function framesAhead(open: number): number {
  if (open < fewOpen) return never;
  return Math.floor(open / (open < manyOpen ? 3 : 2));
}
