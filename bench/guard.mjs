/**
 * Whether Concordat has become slower: `npm run guard`, in less than a minute.
 *
 * It runs beside the hand-written minimum in one run, and ratios are compared with wide margins. What misses its margin
 * is printed. Only what misses it by half in every one of three attempts fails.
 */
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { attempt } from "./src/guard/attempt.mjs";
import { alarm, margins } from "./src/guard/margins.mjs";
import { guardPrograms } from "./src/guard/programs.mjs";
import { Station } from "./src/process/station.mjs";
import { workloads } from "./src/workload.mjs";

const attempts = 3;
/** A machine that needs more seconds has too much else to do to say anything. */
const { values: options } = parseArgs({ options: { patience: { type: "string", default: "45" } } });
const patienceMs = Number(options.patience) * 1_000;

const start = performance.now();
const { folder, ...files } = await guardPrograms();
const stationOf = (peer) => Station.open({ name: peer, peer, title: peer, setting: {} }, { files });
const stations = { minimum: await stationOf("minimum"), concordat: await stationOf("concordat") };
try {
  process.exitCode = await watched();
} finally {
  for (const station of Object.values(stations)) station.close();
  rmSync(folder, { recursive: true });
}

/** @returns {Promise<number>} The exit status. */
async function watched() {
  let suspects = margins;
  for (let round = 1; round <= attempts; round += 1) {
    const alarming = [];
    for (const margin of suspects) {
      if (performance.now() - start > patienceMs) return undecided();
      const workload = workloads.find(({ name }) => name === margin.workload);
      const found = await attempt(stations, workload, margin);
      print(found);
      if (found.rate * alarm < margin.rate || found.cpu > margin.cpu * alarm) alarming.push(margin);
    }
    if (alarming.length === 0) return 0;
    suspects = alarming;
  }
  const names = suspects.map(({ workload }) => workload).join(", ");
  console.error(`guard: slower than half of its margin in ${attempts} attempts: ${names}`);
  return 1;
}

function undecided() {
  console.log("guard: this machine is too busy to tell; nothing was decided");
  return 0;
}

function print({ margin, rate, cpu }) {
  const isMissed = rate < margin.rate || cpu > margin.cpu;
  console.log(
    `guard: ${margin.workload.padEnd(8)} ${rate.toFixed(2)}× the rate (margin ${margin.rate}), ` +
      `${cpu.toFixed(2)}× the server CPU (margin ${margin.cpu})${isMissed ? " MISSED" : ""}`,
  );
}
