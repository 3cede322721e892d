/** Which optional properties of an object are there: a bit for each, 32 in a number. */

/** Whether the property of a place is. */
export function hasBit(has: readonly number[], place: number): boolean {
  return ((has[Math.floor(place / 32)] ?? 0) & (2 ** (place % 32))) !== 0;
}
