/** Chance: the only place that this package gets it from. */

/** One random word for the reserved members of the handshake. */
export function randomWord(): string {
  return Math.floor(Math.random() * 0xffffff).toString(36);
}
