/** Contenders in turns: A B C A B C …, so that what disturbs the machine disturbs all. */
import { makeStubs } from "../grown/stubs.mjs";
import { warmTurnsOf } from "../plan.mjs";
import { Station } from "../process/station.mjs";

/**
 * @param {import("../workload.mjs").Workload} workload
 * @param {readonly import("../contender.mjs").Contender[]} contenders
 * @param {{ rounds: number, progress: import("../progress.mjs").Progress }} how
 * @returns {Promise<Map<string, object[]>>} The turns of each contender by its name.
 */
export async function inRounds(workload, contenders, { rounds, progress }) {
  const turns = new Map(contenders.map(({ name }) => [name, []]));
  progress.say(`${workload.name}: making stubs`);
  makeStubs(contenders);
  /** As many rounds with the same processes. */
  const atOnce = workload.isFresh ? 1 : rounds;
  for (let first = 1; first <= rounds; first += atOnce) {
    /** @type {Station[]} */
    const stations = [];
    try {
      await openInto(stations, workload, contenders, progress);
      await warmUp(stations, workload, progress);
      for (let round = first; round < first + atOnce; round += 1) {
        for (const station of stations) {
          const { name } = station.contender;
          progress.say(`${workload.name}: round ${round} of ${rounds}, ${name}`);
          turns.get(name)?.push(await station.turn(workload, workload.ms));
        }
      }
    } finally {
      for (const station of stations) station.close();
    }
  }
  return turns;
}

async function openInto(stations, workload, contenders, progress) {
  const { isNative, isMemory, kind, lineMs = 0 } = workload;
  const how = { isNative, isMemory, isTapped: kind === "wire" || lineMs > 0, lineMs };
  for (const contender of contenders) {
    progress.say(`${workload.name}: opening ${contender.name}`);
    stations.push(await Station.open(contender, how));
  }
}

async function warmUp(stations, workload, progress) {
  const turns = warmTurnsOf(workload);
  for (const station of stations) {
    progress.say(`${workload.name}: warming ${station.contender.name}`);
    for (let turn = 0; turn < turns; turn += 1) await station.turn(workload, workload.ms);
  }
}
