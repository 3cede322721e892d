/** Exact decimal numbers: what an author means by `0.3` is three tenths, not the nearest double. */

/** A fraction in lowest terms; the denominator is positive. */
export interface Ratio {
  readonly over: bigint;
  readonly under: bigint;
}

/** The decimal that a finite number is written as. */
export function ratioOf(value: number): Ratio {
  const [mantissa = "0", exponent = "0"] = value.toString().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const digits = BigInt(whole + fraction);
  const shift = Number(exponent) - fraction.length;
  return shift >= 0
    ? { over: digits * 10n ** BigInt(shift), under: 1n }
    : lowest(digits, 10n ** BigInt(-shift));
}

/** Up to here every whole number is a double. */
const mostExact = BigInt(Number.MAX_SAFE_INTEGER);

/** More decimals than the smallest double has digits to tell it from its neighbours. */
const decimals = 400n;

/** The double nearest to a fraction: for what {@link ratioOf} made of a number, that number. */
export function numberOf({ over, under }: Ratio): number {
  const isExact = under <= mostExact && over <= mostExact && over >= -mostExact;
  if (isExact) return Number(over) / Number(under);
  // As one decimal: a quotient of two numbers that were rounded may be a neighbour, or zero.
  return Number(`${(over * 10n ** decimals) / under}e-${decimals}`);
}

/** Less than zero when `left` is smaller, zero when they are equal, more when it is larger. */
export function compareRatios(left: Ratio, right: Ratio): number {
  const difference = left.over * right.under - right.over * left.under;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Whether `value` is a whole multiple of `step`. */
export function isMultiple(value: Ratio, step: Ratio): boolean {
  return (value.over * step.under) % (value.under * step.over) === 0n;
}

/** The smallest fraction that is a multiple of both. */
export function commonMultiple(left: Ratio, right: Ratio): Ratio {
  const under = left.under * right.under;
  const a = left.over * right.under;
  const b = right.over * left.under;
  return lowest((a / gcd(a, b)) * b, under);
}

/** The greatest whole number of steps that is not above `value`. */
export function stepsBelow(value: Ratio, step: Ratio): bigint {
  const over = value.over * step.under;
  const under = value.under * step.over;
  const quotient = over / under;
  return over % under < 0n ? quotient - 1n : quotient;
}

/** `count` steps. */
export function times(step: Ratio, count: bigint): Ratio {
  return lowest(step.over * count, step.under);
}

/** The sum of two fractions. */
export function plus(left: Ratio, right: Ratio): Ratio {
  return lowest(left.over * right.under + right.over * left.under, left.under * right.under);
}

function lowest(over: bigint, under: bigint): Ratio {
  const divisor = gcd(over < 0n ? -over : over, under);
  return { over: over / divisor, under: under / divisor };
}

function gcd(left: bigint, right: bigint): bigint {
  let [a, b] = [left, right];
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}
