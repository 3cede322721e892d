/**
 * A server that dies with all its clients connected, and comes back: `npm run soak -- accept-storm --clients 5000`.
 *
 * All clients are back, no handshake was refused on the way, and the waits that the backoff chose are printed.
 */
import { createClient } from "@concordat/client";
import { WebSocket } from "ws";

import { numbersFrom } from "./part/options.ts";
import { orders, ordersServer } from "./part/orders.ts";
import { Child, runAs } from "./part/role.ts";
import { finish, progress, say, violated } from "./part/telling.ts";
import { pause } from "../pause.ts";

const soak = "accept-storm";
const processes = 4;
/** What a handshake may end with other than an answer: the server is not there yet. */
const absent = new Set([1006]);
/** With this a client gives its handshake up by itself: its server was too slow, as on a machine that is busy. */
const givenUp = 4800;
/** Each bucket of the histogram is twice as wide as the one before. */
const firstBucketMs = 125;

interface ClientsStart {
  readonly port: number;
  readonly count: number;
}

/** What the clients of one process have seen since they were asked to begin. */
interface ClientsFigures {
  readonly open: number;
  readonly dials: number;
  /** The waits before each dial, in milliseconds. */
  readonly waits: readonly number[];
  /** Every HTTP status and close code that a handshake was answered with instead of a welcome. */
  readonly refusals: readonly number[];
}

runAs(
  {
    server: async (port: number) => {
      const server = ordersServer({});
      const taken = await server.listen(port, { host: "127.0.0.1" });
      return (question) => (question === "port" ? taken : server.load.connections);
    },
    clients: async (start: ClientsStart) => {
      const crowd = new Crowd(start);
      await crowd.connect();
      return (question) => (question === "call" ? crowd.call() : crowd.figures());
    },
  },
  main,
);

/** Many clients in one process. */
class Crowd {
  readonly #clients;
  readonly #waits: number[] = [];
  readonly #refusals: number[] = [];
  #dials = 0;

  constructor({ port, count }: ClientsStart) {
    const refusals = this.#refusals;
    class WatchedSocket extends WebSocket {
      override emit(event: string, ...rest: readonly unknown[]): boolean {
        if (event === "unexpected-response")
          refusals.push((rest[1] as { statusCode: number }).statusCode); // ws says so
        if (event === "close" && !absent.has(Number(rest[0]))) refusals.push(Number(rest[0]));
        return super.emit(event, ...rest);
      }
    }
    this.#clients = Array.from({ length: count }, () => {
      const client = createClient({
        url: `ws://127.0.0.1:${port}/`,
        contracts: { orders },
        WebSocket: WatchedSocket,
      });
      let lostAt = 0;
      client.on("state", (state) => {
        if (state === "waiting") lostAt = performance.now();
        if (state !== "connecting" || lostAt === 0) return;
        this.#dials += 1;
        this.#waits.push(performance.now() - lostAt);
      });
      return client;
    });
  }

  async connect(): Promise<void> {
    for (let at = 0; at < this.#clients.length; at += 50)
      await Promise.all(this.#clients.slice(at, at + 50).map((client) => client.connect()));
  }

  figures(): ClientsFigures {
    const open = this.#clients.filter(({ state }) => state === "ready").length;
    return { open, dials: this.#dials, waits: this.#waits, refusals: this.#refusals };
  }

  async call(): Promise<number> {
    const answers = await Promise.all(
      this.#clients.map((client, at) =>
        client.orders.place({ sku: "A-1", quantity: at }, { timeoutMs: 60_000 }),
      ),
    );
    return answers.filter(({ id }, at) => id === `o-A-1-${at}`).length;
  }
}

async function main(): Promise<void> {
  const { clients, absence, seed } = numbersFrom({ clients: 5_000, absence: 1_000 });
  const each = Math.ceil(clients / processes);
  const count = each * processes;
  let server = await Child.start("server", 0);
  const port = await server.ask<number>("port");
  const crowds = await Promise.all(
    Array.from({ length: processes }, () =>
      Child.start("clients", { port, count: each } satisfies ClientsStart),
    ),
  );
  say(`  ${await server.ask<number>("connections")} clients are connected; their server is killed`);
  await server.kill();
  await pause(absence);
  server = await Child.start("server", port);
  const began = performance.now();
  let figures = await look(crowds);
  while (figures.open < count) {
    const sinceMs = performance.now() - began;
    if (sinceMs > 180_000)
      violated(soak, seed, `${count - figures.open} clients are not back after three minutes`);
    progress(() => `${figures.open} of ${count} clients are back after ${Math.round(sinceMs)} ms`);
    await pause(50);
    figures = await look(crowds);
  }
  const backMs = performance.now() - began;
  const { dials, waits } = figures;
  const refusals = figures.refusals.filter((code) => code !== givenUp);
  if (refusals.length > 0)
    violated(
      soak,
      seed,
      `${refusals.length} handshakes were refused: ${[...new Set(refusals)].join(" ")}`,
    );
  const answered = await Promise.all(crowds.map((crowd) => crowd.ask<number>("call")));
  const good = answered.reduce((sum, one) => sum + one, 0);
  if (good !== count) violated(soak, seed, `${count - good} clients were not answered`);
  for (const line of histogram(waits)) say(line);
  finish(soak, {
    "clients back": figures.open,
    "the last one, in ms after the restart,": Math.round(backMs),
    dials,
    "refused handshakes": refusals.length,
    "given up by clients": figures.refusals.length - refusals.length,
    "clients answered": good,
  });
}

async function look(crowds: readonly Child[]): Promise<ClientsFigures> {
  const all = await Promise.all(crowds.map((crowd) => crowd.ask<ClientsFigures>("figures")));
  return {
    open: all.reduce((sum, { open }) => sum + open, 0),
    dials: all.reduce((sum, { dials }) => sum + dials, 0),
    waits: all.flatMap(({ waits }) => waits),
    refusals: all.flatMap(({ refusals }) => refusals),
  };
}

function* histogram(waits: readonly number[]): Generator<string> {
  const most = waits.reduce((longest, ms) => Math.max(longest, ms), 0);
  for (let from = 0, to = firstBucketMs; from <= most; from = to, to *= 2) {
    const count = waits.filter((ms) => ms >= from && ms < to).length;
    const bar = "#".repeat(Math.ceil((count * 60) / waits.length));
    yield `  waited ${String(from).padStart(6)} to ${String(to).padStart(6)} ms: ${String(count).padStart(6)} ${bar}`;
  }
}
