/** Chance: the only place that this package gets it from. */

/** A number from 0 up to but not including 1. Not for secrets. */
export type Random = () => number;

/** The machine's. */
export const systemRandom: Random = () => Math.random();

/** One random word for the reserved members of the handshake. */
export function randomWord(random: Random): string {
  return Math.floor(random() * 0xffffff).toString(36);
}

/** A token that nobody guesses: 122 random bits (RFC 9562, section 5.4), of which Node draws those of many tokens at once. */
export function randomToken(): string {
  return crypto.randomUUID();
}
