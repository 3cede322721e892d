/** The days of notices, as moments. */

const grammar = /^\d{4}-\d{2}-\d{2}$/;

/** When a day (`2027-01-31`) begins in UTC, in milliseconds since 1970; `undefined` for a text that is no day. */
export function beginningOf(day: string): number | undefined {
  if (!grammar.test(day)) return undefined;
  const at = Date.parse(`${day}T00:00:00Z`);
  // Some engines make the 30th of February a day in March.
  const isThatDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
  return isThatDay ? at : undefined;
}

/** The UTC day of a moment. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
