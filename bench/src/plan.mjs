/** How many rounds each workload gets, and how long all of it will take. */
import { isWarm, warmTurns } from "./measure/rounds.mjs";

/** Two processes that start and load a framework. */
const openMs = 900;
/** Those that are no turns: bundles and compilers. */
const otherMs = { bundle: 15_000, types: 60_000 };

/** @param {import("./workload.mjs").Workload} workload @param {number} asked */
export function roundsOf({ rounds }, asked) {
  return Math.min(rounds ?? asked, asked);
}

/**
 * @param {import("./workload.mjs").Workload} workload
 * @param {number} peers
 * @param {number} asked Rounds.
 */
export function expectedMs(workload, peers, asked) {
  const { kind, points, ms = 0 } = workload;
  if (otherMs[kind] !== undefined) return otherMs[kind];
  const turns = roundsOf(workload, asked) + (isWarm(workload) ? warmTurns : 0);
  const contenders = points?.reduce((sum, point) => sum + point.contenders.length, 0) ?? peers;
  return contenders * (openMs + turns * ms);
}
