/**
 * Connections on which nothing happens: `npm run soak -- idle-connections --connections 10000 --hold 30000`.
 *
 * They are held over several keep-alives, none may be lost, and what each costs its server's process is printed beside
 * what it costs a server that is made of `ws` alone, measured in the same way in the same run.
 */
import { createServer } from "node:http";
import { once } from "node:events";
import { WebSocketServer } from "ws";

import { Holder, type HolderStart } from "./part/holder.ts";
import { type MemoryFigures, MemoryWatch } from "./part/memory.ts";
import { numbersFrom } from "./part/options.ts";
import { ordersHello, ordersServer } from "./part/orders.ts";
import { Child, runAs } from "./part/role.ts";
import { finish, say, violated } from "./part/telling.ts";

const soak = "idle-connections";
const keepAliveMs = 5_000;

runAs(
  {
    concordat: async () => {
      const server = ordersServer({ keepAliveMs });
      const port = await server.listen(0, { host: "127.0.0.1" });
      const watch = new MemoryWatch();
      return (question) => (question === "port" ? port : watch.settle());
    },
    ws: async () => {
      const http = createServer();
      const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
      sockets.on("connection", (socket) => {
        socket.on("message", () => undefined);
        socket.on("error", () => undefined);
      });
      http.listen(0, "127.0.0.1");
      await once(http, "listening");
      const { port } = http.address() as { port: number }; // it listens on TCP
      const watch = new MemoryWatch();
      return (question) => (question === "port" ? port : watch.settle());
    },
    holder: async (start: HolderStart) => {
      const holder = new Holder();
      await holder.open(start);
      return () => holder.held;
    },
  },
  main,
);

async function main(): Promise<void> {
  const { connections, hold, seed } = numbersFrom({ connections: 10_000, hold: 30_000 });
  const bare = await measure("ws", connections, 0, "");
  say(`  bare ws: ${inBytes(bare)}`);
  const ours = await measure("concordat", connections, hold, ordersHello);
  if (ours.held < connections)
    violated(soak, seed, `${connections - ours.held} of ${connections} connections were lost`);
  finish(soak, {
    "connections held": ours.held,
    "ms of silence": hold,
    "keep-alives in it": Math.floor(hold / keepAliveMs),
    "a connection of Concordat": inBytes(ours),
    "of bare ws": inBytes(bare),
  });
}

/** What one connection costs, in bytes of the process and of what it holds. */
interface Cost {
  readonly held: number;
  readonly resident: number;
  readonly heap: number;
}

async function measure(role: string, count: number, holdMs: number, hello: string): Promise<Cost> {
  const server = await Child.start(role, undefined);
  const port = await server.ask<number>("port");
  const hold = (each: number, address: string): Promise<Child> =>
    Child.start("holder", { port, count: each, address, hello } satisfies HolderStart);
  const first = await hold(Math.min(count, 200), "127.0.0.1"); // until it is warm
  const before = await server.ask<MemoryFigures>("memory");
  const half = Math.ceil(count / 2);
  const holders = await Promise.all([hold(half, "127.0.0.2"), hold(count - half, "127.0.0.3")]);
  await new Promise((resolve) => setTimeout(resolve, holdMs));
  const after = await server.ask<MemoryFigures>("memory");
  const held = await Promise.all(holders.map((holder) => holder.ask<number>("held")));
  await Promise.all([first, ...holders, server].map((child) => child.kill()));
  return {
    held: held.reduce((sum, each) => sum + each, 0),
    resident: (after.rss - before.rss) / count,
    heap: (after.held - before.held) / count,
  };
}

function inBytes({ resident, heap }: Cost): string {
  return `${Math.round(resident).toLocaleString("en")} bytes of the process and ${Math.round(heap).toLocaleString("en")} of its heap`;
}
