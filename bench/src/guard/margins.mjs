/** Where the guard begins to speak: ratios to the hand-written minimum, with room for a busy machine. */

/**
 * @typedef {object} Margin
 * @property {string} workload
 * @property {number} calls Of one turn: counted, not timed, so that a busy machine measures compiled code as well.
 * @property {number} rate Calls or items per second: at least so many times those of the minimum.
 * @property {number} cpu Server CPU for each: at most so many times that of the minimum.
 */

/** @type {readonly Margin[]} Raise them when what they guard has become faster for good. */
export const margins = [
  { workload: "small64", calls: 20_000, rate: 1.2, cpu: 0.6 },
  { workload: "order64", calls: 8_000, rate: 1.1, cpu: 0.55 },
  { workload: "records4", calls: 60, rate: 1.4, cpu: 0.5 },
  { workload: "stream", calls: 1, rate: 2.5, cpu: 0.3 },
];

/** What is worse than a margin by so much is no noise. */
export const alarm = 2;
