/** Many clients of one build in one process: `node client.mjs old|new URL COUNT`. They call until they are told to stop. */
import { type Client, createClient } from "@concordat/client";
import { ConcordatError } from "@concordat/core";
import { WebSocket } from "ws";

import { type Age, spoken } from "./contract.ts";
import type { ClientReport, Failure } from "./messages.ts";

const [, , build, url = "", count = "1"] = process.argv;
const age = build as Age; // the story says nothing else

type Rollout = ReturnType<typeof spoken>;

let calls = 0;
const failures: Failure[] = [];
const reconnects: number[] = [];
const releases: Record<string, number> = {};
const looks: Record<string, number> = {};
const stopping = new AbortController();

const clients = Array.from({ length: Number(count) }, () => {
  const client = createClient({ url, contracts: { rollout: spoken(age) }, WebSocket });
  let dials = 0;
  client.on("state", (state) => {
    if (state !== "ready") return;
    dials += 1;
    if (dials > 1) reconnects.push(Date.now());
    const release = client.releases.get("rollout") ?? "none";
    releases[release] = (releases[release] ?? 0) + 1;
  });
  return client;
});
const callers = clients.map((client, index) => callOn(client, index));

process.once("message", () => stopping.abort());
process.once("disconnect", () => process.exit());

await Promise.all(callers);
await Promise.all(clients.map((client) => client.close()));
const report: ClientReport = { calls, failures, reconnects, releases, looks };
process.send?.(report, undefined, undefined, () => process.exit());

async function callOn(
  { rollout }: Client<{ readonly rollout: Rollout }>,
  index: number,
): Promise<void> {
  for (let key = index; !stopping.signal.aborted; key += 1_000) {
    await Promise.all([
      made("place", async () => same(key, await rollout.place({ key, ms: 20 + (key % 7) * 15 }))),
      made("count", async () => same(key, await rollout.count({ key, ms: 40 }))),
      made("look", async () => {
        const answer = await rollout.look({ key, ms: 5 });
        same(key, answer);
        looks[answer.note ?? "none"] = (looks[answer.note ?? "none"] ?? 0) + 1;
      }),
      made("watch", async () => {
        let next = 0;
        for await (const { at } of rollout.watch({ count: 5, ms: 15 })) {
          if (at !== next) throw new Error(`item ${at} came instead of ${next}`);
          next += 1;
        }
        if (next !== 5) throw new Error(`${next} items came instead of 5`);
      }),
    ]);
    await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 120));
  }
}

async function made(procedure: Failure["procedure"], call: () => Promise<void>): Promise<void> {
  calls += 1;
  try {
    await call();
  } catch (error) {
    const { code, message } = ConcordatError.from(error);
    failures.push({ procedure, code, message, at: Date.now() });
  }
}

function same(key: number, answer: { readonly key: number }): void {
  if (answer.key !== key) throw new Error(`the answer to ${answer.key} came for ${key}`);
}
