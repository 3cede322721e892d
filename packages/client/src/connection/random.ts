/** The one source of chance: jitter, and the random words that keep tolerance from rusting. */

/** A number from 0 up to but not including 1. Not for secrets. */
export type Random = () => number;

/** The machine's. */
export const systemRandom: Random = () => Math.random();

/** A random word of lower-case letters and digits. */
export function randomWord(random: Random): string {
  return Math.floor(random() * 36 ** 6).toString(36);
}
