/** One run of clients and a server on a bad network, repeatable from its seed. */
import { type Client, createClient } from "@concordat/client";
import {
  bidiStream,
  clientStream,
  ConcordatError,
  defineContract,
  serverStream,
  unary,
} from "@concordat/core";
import {
  FakeClock,
  type NetworkWeather,
  type SeededRandom,
  seededRandom,
  SimulatedNetwork,
} from "@concordat/testing";
import { Type } from "typebox";

import { createServer, implement, type Server } from "../../src/index.ts";
import { JumpingClock } from "./jumping-clock.ts";
import { type Fate, Ledger } from "./ledger.ts";

const work = defineContract("work", {
  add: unary({ request: Type.Integer(), response: Type.Integer() }),
  count: serverStream({ request: Type.Integer(), response: Type.Integer() }),
  sum: clientStream({ request: Type.Integer(), response: Type.Integer() }),
  echo: bidiStream({ request: Type.Integer(), response: Type.Integer() }),
});

type Contracts = { readonly work: typeof work };

/** How one run went. */
export interface Run {
  readonly violations: readonly string[];
  readonly summary: string;
  readonly cuts: number;
  readonly calls: number;
}

/** What is not left to chance. */
export interface RunOptions {
  /** How many calls each client makes. Default 12. */
  readonly callsPerClient?: number;
  /** A good network with one client, whose first connection is cut at this byte. Default: a bad one. */
  readonly cutAt?: number;
}

/** Runs clients and a server on the network that the seed makes, heals it, and looks at what happened. */
export async function simulate(seed: number, options: RunOptions = {}): Promise<Run> {
  const { callsPerClient = 12, cutAt } = options;
  const random = seededRandom(seed);
  const clock = new FakeClock();
  const ledger = new Ledger();
  const serverClock = new JumpingClock(clock);
  const server = serve(serverClock, clock, ledger, random);
  const network = new SimulatedNetwork({
    clock,
    random,
    weather: cutAt === undefined ? weatherFrom(random) : cutOnce(cutAt),
    accept: (transport) => server.accept(transport),
  });
  const count = cutAt === undefined ? 1 + Math.floor(random() * 3) : 1;
  const members = Array.from({ length: count }, () => {
    const own = new JumpingClock(clock);
    const client = createClient({
      url: "ws://simulated",
      contracts: { work },
      WebSocket: network.WebSocket,
      clock: own,
      random,
      limits: small,
    });
    return { client, clock: own };
  });
  const world: World = { clock, ledger, random };
  const callers = members.map(({ client }, index) =>
    callMany(client, index, callsPerClient, world),
  );
  if (cutAt === undefined)
    jumpNowAndThen([serverClock, ...members.map((member) => member.clock)], clock, random);

  await clock.advance(20_000);
  if (random() < 0.2) await clock.sleep(120_000); // everybody's machine sleeps, and wakes late
  network.heal();
  await clock.advance(400_000);
  // Whatever credit was lost on the way is missing now: a window that has shrunk by half lets no more through.
  const probes = members.map(({ client }) => probe(client, ledger));
  await clock.advance(60_000);
  const violations = [...ledger.violations()];
  await Promise.all([...callers, ...probes, ...members.map(({ client }) => client.close())]);
  const closed = server.close({ withinMs: 0 });
  await clock.advance(100_000);
  await closed;
  if (server.load.calls > 0) violations.push(`${server.load.calls} calls are open after the end`);
  if (clock.waiting > 0) violations.push(`${clock.waiting} timers are left after the end`);
  return {
    violations,
    summary: ledger.summary(),
    cuts: network.counts.cuts,
    calls: ledger.fates.length,
  };
}

/** Small enough that windows close, frames are packed, and replays overflow now and then. */
const small = {
  streamWindowBytes: 32,
  connectionWindowBytes: 64,
  replayBytes: 2_048,
  earlyBytes: 2_048,
};

function weatherFrom(random: SeededRandom): NetworkWeather {
  return {
    latencyMs: random() * 200,
    refuses: random() * 0.4,
    cuts: random() * 0.15,
    halfOpen: random() * 0.5,
    // Small ones fall into the handshake, at any of its bytes.
    ...(random() < 0.5 && { cutAfterBytes: () => Math.floor(random() * 3_000) }),
  };
}

function cutOnce(at: number): NetworkWeather {
  let next = at;
  const cutAfterBytes = (): number => {
    const bytes = next;
    next = Infinity;
    return bytes;
  };
  return { latencyMs: 20, refuses: 0, cuts: 0, halfOpen: 0, cutAfterBytes };
}

/** One of the machines has its clock set forward, or was suspended by its host. */
function jumpNowAndThen(
  clocks: readonly JumpingClock[],
  time: FakeClock,
  random: SeededRandom,
): void {
  if (random() < 0.5) return;
  for (let jumps = 1 + Math.floor(random() * 3); jumps > 0; jumps -= 1) {
    const machine = clocks[Math.floor(random() * clocks.length)];
    const ms = random() * (random() < 0.5 ? 100_000 : 86_400_000);
    time.wakeAt(time.now() + random() * 20_000, () => machine?.jump(Math.floor(ms)));
  }
}

function serve(clock: JumpingClock, time: FakeClock, ledger: Ledger, random: SeededRandom): Server {
  const pause = (): Promise<void> => sleep(time, random() * 300);
  return createServer({
    clock,
    limits: { ...small, earlyBytes: 65_536 }, // a server has to take what every client may send
    log: () => undefined,
    services: [
      implement(work, {
        handlers: {
          async add(operand) {
            ledger.executed(operand);
            await pause();
            return operand + 1;
          },
          async *count(to) {
            for (let n = 0; n < to; n += 1) {
              if (random() < 0.2) await pause();
              yield n;
            }
          },
          async sum(items) {
            let total = 0;
            for await (const item of items) total += item;
            return total;
          },
          async *echo(items) {
            for await (const item of items) yield item;
          },
        },
      }),
    ],
  });
}

interface World {
  readonly clock: FakeClock;
  readonly ledger: Ledger;
  readonly random: SeededRandom;
}

async function callMany(
  client: Client<Contracts>,
  index: number,
  count: number,
  world: World,
): Promise<void> {
  const calls: Promise<void>[] = [];
  for (let number = 0; number < count; number += 1) {
    calls.push(callOnce(client, index * 1_000 + number, world));
    if (world.random() < 0.5) await sleep(world.clock, world.random() * 2_000);
  }
  await Promise.all(calls);
}

/** A call that has to go well: the network is. It fills every window several times. */
async function probe(client: Client<Contracts>, ledger: Ledger): Promise<void> {
  const items = Array.from({ length: 80 }, (_, at) => at);
  const fate = ledger.begin("probe", items);
  try {
    for await (const item of client.work.echo(items)) fate.received.push(item);
    fate.outcome = "ok";
  } catch (error) {
    fate.outcome = String(error);
  }
}

async function callOnce(client: Client<Contracts>, operand: number, world: World): Promise<void> {
  const { random, ledger } = world;
  const kind = (["add", "count", "sum", "echo"] as const)[Math.floor(random() * 4)] ?? "add";
  const length = Math.floor(random() * 40);
  const items = Array.from({ length }, (_, at) => at);
  const total = items.reduce((sum, item) => sum + item, 0);
  const fate = ledger.begin(
    kind,
    kind === "add" ? [operand + 1] : kind === "sum" ? [total] : items,
  );
  const options = random() < 0.3 ? { timeoutMs: 1 + Math.floor(random() * 5_000) } : {};
  try {
    if (kind === "add") fate.received.push(await client.work.add(operand, options));
    else if (kind === "sum") fate.received.push(await client.work.sum(items, options));
    else
      await readAll(
        kind === "count" ? client.work.count(length, options) : client.work.echo(items, options),
        fate,
        random,
      );
    if (fate.outcome === "open") fate.outcome = "ok";
  } catch (error) {
    fate.outcome = error instanceof ConcordatError ? error.code : `thrown ${String(error)}`;
  }
}

async function readAll(
  stream: AsyncIterable<number>,
  fate: Fate,
  random: SeededRandom,
): Promise<void> {
  for await (const item of stream) {
    fate.received.push(item);
    if (random() > 0.01) continue;
    fate.outcome = "left";
    break;
  }
}

function sleep(clock: FakeClock, ms: number): Promise<void> {
  return new Promise((wake) => void clock.wakeAt(clock.now() + ms, wake));
}
