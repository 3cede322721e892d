/**
 * A rolling deploy with real processes: `npm run rollout`.
 *
 * Three old servers behind a plain TCP balancer, clients of both builds at load. The servers are replaced by new ones
 * one by one, and then back again; the last of the new ones is killed without a word. No call may fail, except those
 * that are not idempotent and were in flight on the killed process.
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { Balancer } from "./balancer.ts";
import { bunched, histogramOf, printed, type Window } from "./histogram.ts";
import type { ClientReport } from "./messages.ts";
import { type RunningServer, said, start, startServer } from "./process.ts";
import { pause } from "../pause.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const drainMs = 4_000;
const clientsOfEachAge = 24;

/** How long after a kill a call may fail because of it: a client first looks for its session elsewhere. */
const killedMs = 8_000;

const began = Date.now();
const balancer = new Balancer();
const url = `ws://127.0.0.1:${await balancer.listen()}`;
const servers: RunningServer[] = [];
for (let index = 0; index < 3; index += 1) servers.push(await added("old"));
const clients = (["old", "new"] as const).map((age) =>
  start(folder, "client.mjs", age, url, String(clientsOfEachAge)),
);
await pause(2_500);

const windows: Window[] = [];
for (const index of servers.keys()) await replace(index, "new");
for (const index of [0, 1]) await replace(index, "old");
const killedAt = await killLast();
await pause(8_000);

const reports = clients.map((client) => said<ClientReport>(client));
for (const client of clients) client.send("stop");
const heard = await Promise.all(reports);
await Promise.all(servers.map((server) => server.kill()));
balancer.close();
process.exitCode = judged(heard);

async function added(age: string): Promise<RunningServer> {
  const server = await startServer(folder, age);
  balancer.add(server.port);
  return server;
}

/** Another server takes the place of one, which is drained and ends. */
async function replace(index: number, age: string): Promise<void> {
  const leaving = servers[index];
  servers[index] = await added(age);
  if (leaving === undefined) return;
  balancer.remove(leaving.port);
  windows.push({ from: Date.now(), ms: drainMs });
  await leaving.drain({ drainMs });
  say(`replaced server ${index + 1} by ${age === "new" ? "a new" : "an old"} one`);
  // Windows do not overlap: each client that comes back belongs to one.
  await pause(Math.max(0, (windows.at(-1)?.from ?? 0) + drainMs - Date.now()));
}

async function killLast(): Promise<number> {
  const leaving = servers[2];
  servers[2] = await added("old");
  const at = Date.now();
  if (leaving !== undefined) balancer.remove(leaving.port);
  await leaving?.kill();
  say("killed server 3 without a word, an old one has its place");
  return at;
}

function judged(told: readonly ClientReport[]): number {
  const calls = told.reduce((sum, report) => sum + report.calls, 0);
  const failures = told.flatMap((report) => report.failures);
  const mayFail = failures.filter(
    ({ procedure, code, at }) =>
      (procedure === "place" || procedure === "watch") &&
      code === "unavailable" &&
      at >= killedAt &&
      at < killedAt + killedMs,
  );
  const others = failures.filter((failure) => !mayFail.includes(failure));
  const [olderLooks = {}, newerLooks = {}] = told.map(({ looks }) => looks);
  // A note that an old client never hears of; and a new client meets servers of both builds.
  const isTranslated =
    olderLooks["new"] === undefined &&
    (newerLooks["new"] ?? 0) > 0 &&
    (newerLooks["none"] ?? 0) > 0;
  const moments = told.flatMap(({ reconnects }) => reconnects);
  const bars = histogramOf(moments, windows);
  console.log(
    `\nClients that came back, by the tenth of the ${drainMs} ms in which their server drained:`,
  );
  for (const line of printed(bars)) console.log(line);
  for (const [index, { releases }] of told.entries()) {
    const agreed = Object.entries(releases).map(([release, count]) => `${release} ${count} times`);
    console.log(`${index === 0 ? "Old" : "New"} clients agreed on ${agreed.join(", ")}.`);
  }
  console.log(
    `${calls} calls, ${moments.length} reconnects, ${windows.length} servers drained, 1 killed.`,
  );
  console.log(
    `${mayFail.length} calls failed that are not idempotent and were in flight on the killed process.`,
  );
  console.log(
    `look changed: new clients were answered ${newerLooks["new"] ?? 0} times in the newer form and ${newerLooks["none"] ?? 0} times in the older one, old clients ${olderLooks["none"] ?? 0} times in the older one and ${olderLooks["new"] ?? 0} times in the newer one.`,
  );
  console.log(`${others.length} other calls failed.`);
  console.log(`${((Date.now() - began) / 1_000).toFixed(1)} s`);
  for (const { procedure, code, message, at } of others.slice(0, 10))
    console.error(
      `failed: ${procedure} with ${code}, ${at - began} ms after the start: ${message}`,
    );
  const why = bunched(bars);
  if (why !== undefined) console.error(`Reconnects are not spread: ${why}.`);
  return others.length === 0 && why === undefined && isTranslated && calls > 1_000 ? 0 : 1;
}

function say(what: string): void {
  console.log(`${((Date.now() - began) / 1_000).toFixed(1).padStart(5)} s  ${what}`);
}
