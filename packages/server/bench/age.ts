/**
 * What the age of a client costs the server: `age [rounds]`.
 *
 * Four clients take turns in every round, so that whatever else the machine does hits all of them: the newest twice
 * (what the two differ by is the noise), one that is twenty releases old and calls what never changed, and one that
 * calls what changed in every release.
 */
import { createServer, implement } from "../src/index.ts";
import { longHistory } from "./long-history.ts";
import { median } from "./median.ts";
import { MuteClient } from "./mute-client.ts";

const releases = 21;
const callsOfRound = 320;
const [rounds = 300] = process.argv.slice(2).map(Number);
const { contract, adapters, messageOf } = longHistory(releases);
const server = createServer({
  log: ({ event, message }) => console.error(event, message),
  services: [
    implement(contract, {
      adapters,
      handlers: { keep: (request) => request, place: (request) => request },
    }),
  ],
});

async function client(release: number, procedure: string, message: unknown): Promise<MuteClient> {
  const document = contract.history[release];
  if (document === undefined) throw new Error("There is no such release.");
  const made = new MuteClient(server, document, procedure, message);
  await made.connect();
  return made;
}

const newest = releases - 1;
const clients = {
  newest: await client(newest, "keep", messageOf(0)),
  again: await client(newest, "keep", messageOf(0)),
  unchanged: await client(0, "keep", messageOf(0)),
  native: await client(newest, "place", messageOf(newest)),
  changed: await client(0, "place", messageOf(0)),
};
type Name = keyof typeof clients;
const names = Object.keys(clients) as Name[]; // an object literal has no other keys

const times: Record<Name, number[]> = {
  newest: [],
  again: [],
  unchanged: [],
  native: [],
  changed: [],
};
for (let round = -30; round < rounds; round += 1) {
  // Each begins as often as any other.
  const start = (round + 30) % names.length;
  for (const name of [...names.slice(start), ...names.slice(0, start)]) {
    const micros = await clients[name].call(callsOfRound / 32, 32);
    if (round >= 0) times[name].push(micros);
  }
}

/** The median of what each round says, which a slow round does not move. */
function ratio(of: Name, to: Name): number {
  return median(times[of].map((time, round) => time / (times[to][round] ?? NaN)));
}

const bytes = JSON.stringify(messageOf(0)).length;
console.log(
  `processor time of the server per call of ${bytes} bytes of JSON, there and back; median of ${rounds} rounds of ${callsOfRound} calls`,
);
for (const name of names) console.log(`  ${name.padEnd(10)} ${median(times[name]).toFixed(2)} us`);
const shown = [
  ["noise: the newest against itself", ratio("again", "newest"), undefined],
  ["unchanged for 20 releases / newest", ratio("unchanged", "newest"), 1.03],
  ["20 declarative changes / native", ratio("changed", "native"), 2],
] as const;
for (const [what, value, limit] of shown) {
  const bound = limit === undefined ? "" : `  (at most ${limit})`;
  console.log(`${what.padEnd(36)} ${value.toFixed(3)}${bound}`);
}
const failed = shown.some(([, value, limit]) => limit !== undefined && value > limit);
process.exitCode = failed ? 1 : 0;
process.exit(); // the clients would be missed: they say nothing
