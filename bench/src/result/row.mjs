/** What was measured of one contender: numbers by round, and their ratios to the hand-written minimum in the same round. */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} title
 * @property {number} [x] The point of a curve.
 * @property {string} [label]
 * @property {import("./stamp.mjs").Stamp} [stamp]
 */

const yardstick = "minimum";

/** What turns say of themselves; a row has a list of each. */
const figures = [
  "count",
  "perSecond",
  "cpuMicros",
  "p50",
  "serverBytes",
  "clientBytes",
  "ahead",
  "up",
  "down",
];

/** Which of them are compared. */
const ratios = { rateRatio: "perSecond", cpuRatio: "cpuMicros", p50Ratio: "p50" };

/**
 * @param {readonly import("../contender.mjs").Contender[]} contenders
 * @param {Map<string, object[]>} turns
 * @returns {Row[]} Of those that could do it.
 */
export function rowsOf(contenders, turns) {
  const base = turns.get(yardstick) ?? [];
  return contenders
    .map(({ name, title }) => ({ name, title, own: turns.get(name) ?? [] }))
    .filter(({ own }) => own.some(({ count }) => count > 0))
    .map(({ name, title, own }) => ({
      name,
      title,
      ...Object.fromEntries(figures.map((figure) => [figure, own.map((turn) => turn[figure])])),
      ...Object.fromEntries(
        Object.entries(ratios).map(([ratio, figure]) => [
          ratio,
          own.map((turn, round) => turn[figure] / (base[round]?.[figure] ?? Number.NaN)),
        ]),
      ),
    }));
}
