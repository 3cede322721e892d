/**
 * What it costs to count who is still there: `counting [rounds]`.
 *
 * Three copies of the server, bundled alike, take turns in every round: two that count (what they differ by is the
 * noise), and one whose rows are the same object that counts nothing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle, type Plugin } from "esbuild";

import { systemClock } from "@concordat/core/internal";

import { Fleet } from "../src/fleet/fleet.ts";
import { median } from "./median.ts";
import type { MuteClient } from "./mute-client.ts";

const callsOfRound = 640;
const [rounds = 400] = process.argv.slice(2).map(Number);

/** In `fleet/member.ts`: where a row is looked for. */
const lookup = /return this\.#rows\.callRow\(.*\);/;

const uncounted: Plugin = {
  name: "uncounted",
  setup(build) {
    build.onLoad({ filter: /fleet\/member\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text.replace(lookup, "return nobodyCounts;");
      if (contents === text) throw new Error("Rows are looked for elsewhere by now.");
      const row = "const nobodyCounts: any = { begin() {}, end() {} };";
      return { contents: `${row}\n${contents}`, loader: "ts" };
    });
  },
};

async function side(folder: string, name: string, plugins: Plugin[]): Promise<MuteClient> {
  const outfile = join(folder, `${name}.mjs`);
  await bundle({
    entryPoints: ["bench/counting-side.ts"],
    outfile,
    plugins,
    bundle: true,
    format: "esm",
    platform: "node",
    conditions: ["@concordat/source"],
    logLevel: "error",
  });
  const module: unknown = await import(pathToFileURL(outfile).href);
  const { connected } = module as { readonly connected: () => Promise<MuteClient> }; // what `counting-side.ts` exports
  return connected();
}

const folder = mkdtempSync(join(tmpdir(), "concordat-counting-"));
const clients = {
  counted: await side(folder, "counted", []),
  again: await side(folder, "again", []),
  uncounted: await side(folder, "uncounted", [uncounted]),
};
rmSync(folder, { recursive: true });
type Name = keyof typeof clients;
const names = Object.keys(clients) as Name[]; // an object literal has no other keys
const times: Record<Name, number[]> = { counted: [], again: [], uncounted: [] };
for (let round = -60; round < rounds; round += 1) {
  // Each begins as often as any other.
  const start = (round + 60) % names.length;
  for (const name of [...names.slice(start), ...names.slice(0, start)]) {
    // 32 calls come in one message, as under load.
    const micros = await clients[name].call(callsOfRound / 32, 32);
    if (round >= 0) times[name].push(micros);
  }
}

function ratio(of: Name, to: Name): number {
  return median(times[of].map((time, round) => time / (times[to][round] ?? NaN)));
}

/** What is done for each call, and nothing else, in microseconds: the median of many rounds. */
function alone(): number {
  const fleet = new Fleet({
    clock: systemClock,
    limits: { fleetClients: 200, fleetRows: 10_000 },
    served: () => new Map(),
  });
  const label = fleet.labelOf({ name: "bench", version: "1" });
  const member = fleet.memberOf(label, [["orders", "1.0.0"]]);
  const plan = {};
  const calls = 200_000;
  const measured = Array.from({ length: 30 }, () => {
    const before = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) {
      const row = member.callRow("orders", "keep", plan);
      row.begin();
      row.end("ok");
    }
    const { user, system } = process.cpuUsage(before); // together: kernels guess how it is divided
    return (user + system) / calls;
  });
  return median(measured);
}

console.log(
  `processor time of the server per call; median of ${rounds} rounds of ${callsOfRound} calls`,
);
for (const name of names) console.log(`  ${name.padEnd(10)} ${median(times[name]).toFixed(3)} us`);
console.log(`noise: counted against itself        ${ratio("again", "counted").toFixed(3)}`);
console.log(`counted / uncounted                  ${ratio("counted", "uncounted").toFixed(3)}`);
const each = alone();
const share = (100 * each) / median(times.counted);
console.log(
  `counting alone                       ${each.toFixed(3)} us, ${share.toFixed(2)} % of a call`,
);
process.exit(); // the clients would be missed: they say nothing
