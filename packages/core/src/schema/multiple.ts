/** Multiples of a step, as decimal fractions have them. */

/** Decimal fractions have no exact binary form, so 0.3 counts as a multiple of 0.1, as in TypeBox. Whole numbers do have one. */
const tolerance = 1e-10;

/** Whether a number is a whole number of steps. */
export function isMultiple(value: number, step: number): boolean {
  if (Number.isInteger(step)) return value % step === 0;
  if (Number.isInteger(value) && (1 / step) % 1 === 0) return true;
  const rest = value % step;
  return Math.min(Math.abs(rest), Math.abs(rest - step), Math.abs(rest + step)) < tolerance;
}
