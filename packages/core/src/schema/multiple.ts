/** Multiples of a step, as decimal fractions have them. */

/** Decimal fractions have no exact binary form, so 0.3 counts as a multiple of 0.1, as in TypeBox. Whole numbers do have one. */
const tolerance = 1e-10;

/** The same for large numbers: what two roundings and a product make of one that is a multiple as it is written. */
const share = 2 ** -51;

/** Whether a number is a whole number of steps. */
export function isMultiple(value: number, step: number): boolean {
  if (Number.isInteger(step)) return value % step === 0;
  const steps = value / step;
  // Of more steps than this a double cannot say whether they are whole.
  if (Math.abs(steps) > Number.MAX_SAFE_INTEGER) return true;
  const rest = Math.abs(value - Math.round(steps) * step);
  return rest < tolerance || rest <= Math.abs(value) * share;
}
