/**
 * Peers that send whatever they like: `npm run soak -- hostile-peers --inputs 1000000 --silent 10000`.
 *
 * They talk to a server in a process of its own while a client that has done nothing wrong calls it all the time. Golden
 * frames and handshakes are changed, cut, repeated, reordered and sent in wrong states; then come floods of fragments
 * and pings, readers that do not read, and thousands of connections that never say hello. The process lives, its memory
 * stays within a bound, every close has a code that is registered, and the other client is served throughout.
 */
import { closeCodes } from "@concordat/core";
import { seededRandom } from "@concordat/testing";

import { bystander, type BystanderFigures } from "./part/bystander.ts";
import { floods } from "./part/flood.ts";
import { type MemoryFigures, MemoryWatch } from "./part/memory.ts";
import { numbersFrom } from "./part/options.ts";
import { MutatedPeer } from "./part/mutated-peer.ts";
import { ordersServer } from "./part/orders.ts";
import { type PeerEnd, RawPeer, upgrade } from "./part/raw-peer.ts";
import { Child, runAs } from "./part/role.ts";
import { finish, megabytes, progress, say, violated } from "./part/telling.ts";
import { patience } from "../pause.ts";

const soak = "hostile-peers";
const handshakeMs = 5_000;
/** What the server's process may take beyond what it took when it was warm. */
const memoryBound = 256 * 2 ** 20;
/** Codes that the WebSocket library sends by itself, and the ones that answer a peer's own close. */
const libraryCodes: ReadonlySet<number> = new Set([1000, 1001, 1002, 1003, 1005, 1007, 1008, 1009]);
const peersAtOnce = 64;
/** Addresses of this machine: each has its own ports. */
const addresses = Array.from({ length: 8 }, (_, at) => `127.0.0.${at + 1}`);

runAs(
  {
    server: async () => {
      const server = ordersServer({ handshakeMs });
      const port = await server.listen(0, { host: "127.0.0.1" });
      const watch = new MemoryWatch();
      return (question) => {
        if (question === "port") return port;
        if (question === "load") return server.load;
        return question === "settle" ? watch.settle() : watch.figures();
      };
    },
    bystander: (port: number) => bystander(port),
  },
  main,
);

/** How the run goes. */
class Run {
  readonly seed: number;
  readonly port: number;
  readonly server: Child;
  readonly other: Child;
  /** How many inputs were taken in, and how many connections ended with which code or HTTP status. */
  inputs = 0;
  readonly ends = new Map<string, number>();

  constructor(seed: number, port: number, server: Child, other: Child) {
    this.seed = seed;
    this.port = port;
    this.server = server;
    this.other = other;
  }

  /** An end that the server had a say in. */
  ended({ closeCode, httpStatus, isSilent, error = "no error" }: PeerEnd, what: string): void {
    if (isSilent === true)
      violated(soak, this.seed, `the server said nothing at the end of ${what} (${error})`);
    const isRegistered =
      closeCode === undefined || closeCode in closeCodes || libraryCodes.has(closeCode);
    if (!isRegistered) violated(soak, this.seed, `${what} was closed with ${closeCode}`);
    const name = String(closeCode ?? httpStatus ?? "heard out");
    this.ends.set(name, (this.ends.get(name) ?? 0) + 1);
  }

  /** The process lives, has not grown, and serves the other client. */
  async look(): Promise<MemoryFigures> {
    if (!this.server.isAlive) violated(soak, this.seed, "the server's process has ended");
    const { error, losses } = await this.other.ask<BystanderFigures>("figures");
    if (error !== undefined || losses > 0)
      violated(
        soak,
        this.seed,
        `the other client lost ${losses} connections: ${error ?? "no error"}`,
      );
    return this.server.ask<MemoryFigures>("memory");
  }
}

async function main(): Promise<void> {
  const { inputs, silent, seed } = numbersFrom({ inputs: 1_000_000, silent: 10_000 });
  const server = await Child.start("server", undefined);
  const port = await server.ask<number>("port");
  const run = new Run(seed, port, server, await Child.start("bystander", port));

  await mutate(run, Math.min(inputs, 2_000)); // until it is warm
  const warm = await server.ask<MemoryFigures>("settle");
  say(`  warm: ${megabytes(warm.rss)} resident, ${megabytes(warm.held)} held`);
  await mutate(run, inputs);
  const afterMutation = await run.look();
  say(`  after mutations: peak ${megabytes(afterMutation.peak)}`);
  for (const { name, mayBeSilent = false, run: flood } of floods) {
    const peer = new RawPeer(port);
    flood(peer);
    const end = await Promise.race([peer.ended, patience(60_000)]);
    if (end === undefined)
      violated(soak, seed, `${name}: the connection was not closed within a minute`);
    run.ended(mayBeSilent && end.isSilent === true ? {} : end, name);
    const { peak } = await run.look();
    say(`  ${name}: ${JSON.stringify(end)}, peak ${megabytes(peak)}`);
  }
  const beforeSilent = await run.look();
  await stayAway(run, silent);
  const { peak, held } = await run.look();
  const { calls, slowestMs } = await run.other.ask<BystanderFigures>("figures");
  if (peak - warm.rss > memoryBound)
    violated(soak, seed, `the process grew by ${megabytes(peak - warm.rss)}`);
  finish(soak, {
    inputs: run.inputs,
    connections: [...run.ends.values()].reduce((sum, count) => sum + count, 0),
    "of which": [...run.ends].map(([name, count]) => `${count} × ${name}`).join(", "),
    floods: floods.length,
    "silent connections": silent,
    "largest growth of the process": megabytes(peak - warm.rss),
    "before the silent ones": megabytes(beforeSilent.peak - warm.rss),
    "held more at the end": megabytes(held - warm.held),
    "calls of the other client": calls,
    "its lost connections": 0,
    "its slowest pair of calls in ms": Math.round(slowestMs),
    seed,
  });
}

/** Connections that send mutated inputs until the server closes them, or they have no more to say. */
async function mutate(run: Run, inputs: number): Promise<void> {
  const until = run.inputs + inputs;
  let peers = run.inputs;
  const hanging = new Set<Promise<void>>();
  await Promise.all(Array.from({ length: peersAtOnce }, attack));
  await Promise.all(hanging);

  async function attack(): Promise<void> {
    while (run.inputs < until) {
      const peerSeed = run.seed * 1_000_003 + (peers += 1);
      const address = addresses[peers % addresses.length] ?? "";
      const peer = new MutatedPeer(run.port, address, seededRandom(peerSeed));
      const ended = heardOut(run, peer, peerSeed);
      if (peer.mayHang) {
        // The others do not wait with it.
        hanging.add(ended);
        void ended.then(() => hanging.delete(ended));
      } else await ended;
      if (peers % 5_000 === 0) await run.look();
    }
  }
}

async function heardOut(run: Run, peer: MutatedPeer, peerSeed: number): Promise<void> {
  const name = `the connection of ${peerSeed}`;
  const end = await Promise.race([peer.ended, patience(60_000)]);
  if (end === undefined)
    violated(soak, run.seed, `${name} was neither answered nor closed in a minute`);
  run.ended(end, name);
  run.inputs += peer.takenIn;
  progress(
    () => `${run.inputs} inputs, ${[...run.ends].map((each) => each.join(": ")).join(", ")}`,
  );
}

/** Connections that are opened and never say a word. */
async function stayAway(run: Run, count: number): Promise<void> {
  const peers: RawPeer[] = [];
  for (let at = 0; at < count; at += 1) {
    const peer = new RawPeer(run.port, addresses[at % addresses.length]);
    peer.write(upgrade);
    peers.push(peer);
    if (at % 200 === 199) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  let ended = 0;
  for (const peer of peers) {
    run.ended(await peer.ended, "a silent connection");
    ended += 1;
    progress(() => `${ended} of ${count} silent connections were closed`);
    if (ended % 2_500 === 0) await run.look();
  }
}
