/**
 * Measures Concordat beside its peers: `npm run bench`, or a part with `npm run bench -- small64 --peers trpc,river`.
 *
 * With `--write` what was measured goes into `results.json`, in the place of the same rows of earlier runs, and the page
 * `docs/performance.md` is written anew. A run that was broken off goes on with `--write --missing`, which leaves out what
 * was measured at this commit. `--page` only writes the page.
 */
import { parseArgs } from "node:util";
import { measure } from "./src/measure/measure.mjs";
import { writePage } from "./src/page/page.mjs";
import { textTable } from "./src/page/text-table.mjs";
import { peerNames, yardsticks } from "./src/peer.mjs";
import { expectedMs, roundsOf } from "./src/plan.mjs";
import { Progress } from "./src/progress.mjs";
import { machineHere } from "./src/result/machine.mjs";
import { isMeasured, merged, readResults, writeResults } from "./src/result/results.mjs";
import { stampNow } from "./src/result/stamp.mjs";
import { workloads } from "./src/workload.mjs";

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    peers: { type: "string" },
    rounds: { type: "string", default: "7" },
    write: { type: "boolean", default: false },
    missing: { type: "boolean", default: false },
    page: { type: "boolean", default: false },
  },
});

const asked = Number(options.rounds);
// `BUFFERUTIL=1 npm run bench -- blob2` is another way to ask for `blob2+bufferutil`.
const suffix = process.env.BUFFERUTIL === "1" ? "+bufferutil" : "";
const names = new Set(positionals.map((name) => (name.includes("+") ? name : name + suffix)));
const stamp = stampNow();
const done = options.missing ? readResults().workloads : {};
const chosen = workloads
  .filter(({ name }) => !options.page && (names.size === 0 || names.has(name)))
  .filter(({ name }) => !isMeasured(done[name], stamp));
const known = workloads.map(({ name }) => name);
const unknown = [...names].filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no workload ${unknown.join(", ")}; there are ${known.join(", ")}.`);
  process.exit(2);
}
const wanted = options.peers?.split(",") ?? peerNames;
const peers = peerNames.filter((name) => yardsticks.includes(name) || wanted.includes(name));

const expected = chosen.map((workload) => expectedMs(workload, peers.length, asked));
const progress = new Progress(expected.reduce((sum, ms) => sum + ms, 0));
for (const [index, workload] of chosen.entries()) {
  progress.begin(workload.name);
  const rounds = roundsOf(workload, asked);
  const rows = await measure(workload, { peers, rounds, progress });
  progress.end(expected[index]);
  console.log(textTable(workload, rows));
  if (options.write) keep(workload.name, rows, rounds);
}
if (options.write || options.page) {
  writePage(readResults());
  console.log("\nwritten: docs/performance.md and its charts");
}

/** After each workload, so that a run that is broken off keeps what it has. */
function keep(name, rows, rounds) {
  const results = readResults();
  const stamped = rows.map((row) => ({ ...row, stamp: { ...stamp, rounds } }));
  const before = results.workloads[name] ?? [];
  writeResults({
    machine: machineHere(),
    workloads: { ...results.workloads, [name]: merged(before, stamped) },
  });
}
