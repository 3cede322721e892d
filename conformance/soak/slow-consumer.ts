/**
 * A consumer that is slower than its producer: `npm run soak -- slow-consumer --megabytes 1024`.
 *
 * One end of a stream offers a gigabyte as fast as it may, the other takes it in bursts with pauses, and once stops for
 * seconds; in both directions. Everything arrives, in order, and neither process grows.
 */
import { createClient } from "@concordat/client";
import { clientStream, defineContract, serverStream } from "@concordat/core";
import { createServer, implement } from "@concordat/server";
import { Type } from "typebox";
import { WebSocket } from "ws";

import { type MemoryFigures, MemoryWatch } from "./part/memory.ts";
import { numbersFrom } from "./part/options.ts";
import { Child, runAs } from "./part/role.ts";
import { finish, megabytes, progress, say, violated } from "./part/telling.ts";

const soak = "slow-consumer";
/** Of the 64 MB, V8 takes 32 by itself: it looks for arrays to free once so many of their bytes have come. */
const growthBound = 64 * 2 ** 20;
const itemBytes = 32_768;
const itemsPerMegabyte = 2 ** 20 / itemBytes;
/** After so many items the consumer takes a rest. */
const burst = 256;
const restMs = 5;
const warmMegabytes = 96;

const Item = Type.Object({ at: Type.Integer(), text: Type.String() });
const pipes = defineContract("pipes", {
  down: serverStream({ request: Type.Integer(), response: Item }),
  up: clientStream({ request: Item, response: Type.Integer() }),
});

/** What is asked of the client's process. */
interface Task {
  readonly direction: "down" | "up";
  readonly megabytes: number;
  readonly stopMs: number;
}

/** How far both ends of a stream are. */
const offered = { items: 0 };
const taken = { items: 0 };
let stopMs = 0;

runAs(
  {
    server: async () => {
      const server = createServer({
        services: [
          implement(pipes, {
            handlers: { down: (items) => produce(items), up: (items) => consume(items) },
          }),
        ],
      });
      const port = await server.listen(0, { host: "127.0.0.1" });
      const watch = new MemoryWatch();
      return (question, value) => {
        if (question === "port") return port;
        if (question === "stop for") stopMs = Number(value);
        if (question === "far") return { offered: offered.items, taken: taken.items };
        return question === "settle" ? watch.settle() : watch.figures();
      };
    },
    client: (port: number) => {
      const client = createClient({
        url: `ws://127.0.0.1:${port}/`,
        contracts: { pipes },
        WebSocket,
      });
      const watch = new MemoryWatch();
      return async (question, value) => {
        if (question === "far") return { offered: offered.items, taken: taken.items };
        if (question !== "run") return question === "settle" ? watch.settle() : watch.figures();
        const task = value as Task; // the parent of this very program said it
        const items = task.megabytes * itemsPerMegabyte;
        stopMs = task.stopMs;
        if (task.direction === "up") return client.pipes.up(produce(items));
        return consume(client.pipes.down(items));
      };
    },
  },
  main,
);

async function main(): Promise<void> {
  const { megabytes: size, stop, seed } = numbersFrom({ megabytes: 1_024, stop: 5_000 });
  const server = await Child.start("server", undefined);
  const client = await Child.start("client", await server.ask<number>("port"));
  const growths: Record<string, string> = {};
  for (const direction of ["down", "up"] as const) {
    const growth = await run(direction);
    growths[`growth of the server's process, ${direction}`] = megabytes(growth.server);
    growths[`growth of the client's process, ${direction}`] = megabytes(growth.client);
    const most = Math.max(growth.server, growth.client);
    if (most > growthBound)
      violated(soak, seed, `${direction}: a process grew by ${megabytes(most)}`);
  }
  finish(soak, { "MB offered in each direction": size, ...growths, "ms without reading": stop });

  async function run(
    direction: Task["direction"],
  ): Promise<{ readonly server: number; readonly client: number }> {
    await server.ask("stop for", 0);
    await client.ask("run", { direction, megabytes: warmMegabytes, stopMs: 0 } satisfies Task);
    await server.ask("stop for", stop);
    const before = await Promise.all(
      [server, client].map((each) => each.ask<MemoryFigures>("settle")),
    );
    const told = setInterval(() => void tell(direction), 1_000);
    const came = await client.ask<number>("run", {
      direction,
      megabytes: size,
      stopMs: stop,
    } satisfies Task);
    clearInterval(told);
    if (came !== size * itemsPerMegabyte) violated(soak, seed, `${direction}: ${came} items came`);
    const after = await Promise.all(
      [server, client].map((each) => each.ask<MemoryFigures>("figures")),
    );
    const [onServer = 0, onClient = 0] = after.map(({ peak }, at) => peak - (before[at]?.rss ?? 0));
    say(`  ${direction}: server ${megabytes(onServer)}, client ${megabytes(onClient)}`);
    return { server: onServer, client: onClient };
  }

  async function tell(direction: string): Promise<void> {
    const [left, right] = await Promise.all([server, client].map((each) => each.ask<Far>("far")));
    const most = Math.max(left?.offered ?? 0, right?.offered ?? 0);
    const least = Math.max(left?.taken ?? 0, right?.taken ?? 0);
    progress(() => `${direction}: ${most} items offered, ${least} taken`);
  }
}

/** How far the ends in one process are, over both directions. */
interface Far {
  readonly offered: number;
  readonly taken: number;
}

function* produce(items: number): Generator<{ at: number; text: string }> {
  for (let at = 0; at < items; at += 1) {
    offered.items += 1;
    yield { at, text: String.fromCharCode(97 + (at % 26)).repeat(itemBytes) };
  }
}

async function consume(items: AsyncIterable<{ at: number; text: string }>): Promise<number> {
  let next = 0;
  for await (const { at, text } of items) {
    if (at !== next || text.length !== itemBytes)
      throw new Error(`item ${at} came where ${next} was due`);
    next += 1;
    taken.items += 1;
    if (next === burst * 4) await rest(stopMs);
    else if (next % burst === 0) await rest(restMs);
  }
  return next;
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
