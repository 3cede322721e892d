/**
 * Measures Concordat beside its peers: `npm run bench`, or a part with `npm run bench -- small64 --peers trpc,river`.
 *
 * Rounds are interleaved (A B C A B C …), ratios are taken within a round, and the table shows medians with ranges.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { peerCalled, peerNames } from "./src/peer.mjs";
import { writeReport } from "./src/report.mjs";
import { summaryOf } from "./src/summary.mjs";
import { Station } from "./src/station.mjs";
import { textTable } from "./src/text-table.mjs";
import { workloads } from "./src/workload.mjs";

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    peers: { type: "string" },
    rounds: { type: "string", default: "7" },
    json: { type: "string" },
    write: { type: "boolean", default: false },
  },
});

const chosen =
  positionals.length === 0 ? workloads : workloads.filter(({ name }) => positionals.includes(name));
const yardsticks = ["raw", "minimum", "concordat"];
const asked =
  options.peers === undefined
    ? peerNames
    : [...yardsticks, ...options.peers.split(",").filter(Boolean)];
const names = peerNames.filter((name) => asked.includes(name));

const report = [];
for (const workload of chosen) report.push(await measure(workload));
if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(report, undefined, 2));
// A part of the workloads, or of the peers, is no report.
if (options.write && positionals.length === 0 && options.peers === undefined) {
  writeReport(report, { rounds: options.rounds });
  console.log("\nwritten: docs/performance.md and docs/performance.svg");
}

async function measure(workload) {
  const isMemory = workload.kind === "slow" || workload.kind === "idle";
  const roundsOf = isMemory ? 1 : Number(options.rounds);
  const stations = [];
  for (const name of names) stations.push(await Station.open(name));
  /** @type {Map<string, object[]>} */
  const rounds = new Map(names.map((name) => [name, []]));
  try {
    if (!isMemory) for (const station of stations) await warmUp(station, workload);
    for (let round = 1; round <= roundsOf; round += 1) {
      for (const station of stations) {
        progress(`${workload.name}: round ${round} of ${roundsOf}, ${station.name}`);
        rounds.get(station.name)?.push(await station.turn(workload, workload.ms));
      }
    }
  } finally {
    for (const station of stations) station.close();
    progress("");
  }
  const titles = new Map();
  for (const name of names) titles.set(name, (await peerCalled(name)).title);
  const summary = summaryOf(workload, rounds, titles);
  console.log(textTable(summary));
  return summary;
}

async function warmUp(station, workload) {
  progress(`${workload.name}: warming ${station.name}`);
  for (let turn = 0; turn < 3; turn += 1) await station.turn(workload, workload.ms / 2);
}

function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
