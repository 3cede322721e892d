/** One attempt of the guard: both contenders in turns, in a few seconds. */
import { spread } from "../result/spread.mjs";

const rounds = 3;
/** More than a turn ever takes; a stream is over when its items are. */
const mostMs = { calls: 60_000, stream: 1 };

/**
 * @typedef {object} Finding
 * @property {import("./margins.mjs").Margin} margin
 * @property {number} rate
 * @property {number} cpu
 */

/**
 * @param {{ minimum: import("../process/station.mjs").Station, concordat: import("../process/station.mjs").Station }} stations
 * @param {import("../workload.mjs").Workload} asked
 * @param {import("./margins.mjs").Margin} margin
 * @returns {Promise<Finding>}
 */
export async function attempt({ minimum, concordat }, asked, margin) {
  const workload = { ...asked, calls: margin.calls };
  const turnMs = mostMs[asked.kind];
  const turns = [];
  for (const station of [minimum, concordat]) await station.turn(workload, turnMs);
  for (let round = 0; round < rounds; round += 1) {
    const base = await minimum.turn(workload, turnMs);
    const own = await concordat.turn(workload, turnMs);
    turns.push({ rate: own.perSecond / base.perSecond, cpu: own.cpuMicros / base.cpuMicros });
  }
  const medianOf = (figure) => spread(turns.map((turn) => turn[figure])).median;
  return { margin, rate: medianOf("rate"), cpu: medianOf("cpu") };
}
