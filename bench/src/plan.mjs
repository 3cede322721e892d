/** How many rounds each workload gets, and how long all of it will take. */

/** Two processes that start and load a framework. */
const openMs = 900;
/** Those that are no turns: bundles and compilers. */
const otherMs = { bundle: 15_000, types: 60_000 };

/** @param {import("./workload.mjs").Workload} workload @param {number} asked */
export function roundsOf({ rounds }, asked) {
  return Math.min(rounds ?? asked, asked);
}

/** As many turns as it takes until everybody's code is compiled for good, Concordat's later than a few lines are. */
export function warmTurnsOf({ warm = 4 }) {
  return warm;
}

/**
 * @param {import("./workload.mjs").Workload} workload
 * @param {number} peers
 * @param {number} asked Rounds.
 */
export function expectedMs(workload, peers, asked) {
  const { kind, points, ms = 0 } = workload;
  if (otherMs[kind] !== undefined) return otherMs[kind];
  const rounds = roundsOf(workload, asked);
  const turns = rounds + warmTurnsOf(workload);
  const contenders = points?.reduce((sum, point) => sum + point.contenders.length, 0) ?? peers;
  return contenders * (openMs * (workload.isFresh ? rounds : 1) + turns * ms);
}
