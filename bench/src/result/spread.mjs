/** Many numbers in three. */

/**
 * @typedef {object} Spread
 * @property {number} median
 * @property {number} least
 * @property {number} most
 */

/**
 * @param {readonly number[]} numbers
 * @returns {Spread}
 */
export function spread(numbers) {
  const sorted = numbers.filter(Number.isFinite).toSorted((one, other) => one - other);
  const { length } = sorted;
  if (length === 0) return { median: Number.NaN, least: Number.NaN, most: Number.NaN };
  return { median: sorted[length >> 1], least: sorted[0], most: sorted[length - 1] };
}

/** @param {readonly number[]} numbers */
export function median(numbers) {
  return spread(numbers).median;
}
