/**
 * Measures Concordat beside its peers: `npm run bench`, or a part with `npm run bench -- small64 --peers trpc,river`.
 *
 * Rounds are interleaved (A B C A B C …), ratios are taken within a round, and the table shows medians with ranges.
 */
import { parseArgs } from "node:util";
import { peerCalled, peerNames } from "./src/peer.mjs";
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
  },
});

const chosen = workloads.filter(({ name, kind }) =>
  positionals.length > 0
    ? positionals.includes(name)
    : kind === "calls" || kind === "stream" || kind === "connect",
);
const yardsticks = ["raw", "minimum", "concordat"];
const asked =
  options.peers === undefined
    ? peerNames
    : [...yardsticks, ...options.peers.split(",").filter(Boolean)];
const names = peerNames.filter((name) => asked.includes(name));

const report = [];
for (const workload of chosen) report.push(await measure(workload));
if (options.json !== undefined) {
  const { writeFileSync } = await import("node:fs");
  writeFileSync(options.json, JSON.stringify(report, undefined, 2));
}

async function measure(workload) {
  const stations = [];
  for (const name of names) stations.push(await Station.open(name));
  /** @type {Map<string, object[]>} */
  const rounds = new Map(names.map((name) => [name, []]));
  try {
    for (const station of stations) await warmUp(station, workload);
    for (let round = 1; round <= Number(options.rounds); round += 1) {
      for (const station of stations) {
        progress(`${workload.name}: round ${round} of ${options.rounds}, ${station.name}`);
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
