/** A server that is restarted under load by SIGTERM, in processes of their own: its clients see nothing of it. */
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";

import { type ChildProgram, startProgram } from "../../../server/test/fixture/child-program.ts";
import { type Client, createClient } from "../../src/index.ts";
import { shop } from "../fixture/shop.ts";

const entry = new URL("../fixture/restarted-server.ts", import.meta.url);
const opened: { stop(): Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.stop()));
});

async function serve(port: number): Promise<{ program: ChildProgram; port: number }> {
  const { program, first } = await startProgram(entry, [String(port)]);
  opened.push(program);
  return { program, port: (first as { port: number }).port }; // what the program sends first
}

/** Ends a server as an orchestrator does. Returns what it had executed. */
async function terminate(program: ChildProgram): Promise<readonly string[]> {
  const ended = once(program.process, "exit");
  const said = once(program.process, "message");
  program.process.kill("SIGTERM");
  const [{ executed }] = (await said) as [{ executed: string[] }]; // its last words
  expect(await ended).toEqual([0, null]);
  return executed;
}

/** Calls of all kinds, one after the other in each of some lanes, until it is stopped. */
class Load {
  readonly placed: string[] = [];
  readonly failures: unknown[] = [];
  others = 0;
  readonly #client: Client<{ shop: typeof shop }>;
  readonly #lanes: Promise<void>[];
  #isOver = false;

  constructor(client: Client<{ shop: typeof shop }>, name: string) {
    this.#client = client;
    this.#lanes = [
      ...Array.from({ length: 6 }, (_, lane) => this.#repeat((n) => this.#place(name, lane, n))),
      ...Array.from({ length: 2 }, () => this.#repeat(() => this.#watch())),
      ...Array.from({ length: 2 }, () => this.#repeat(() => this.#add())),
      this.#repeat(() => this.#chat()),
    ];
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#lanes);
  }

  async #repeat(call: (count: number) => Promise<void>): Promise<void> {
    for (let count = 0; !this.#isOver; count += 1) {
      try {
        await call(count);
      } catch (error) {
        this.failures.push(error);
      }
    }
  }

  async #place(name: string, lane: number, count: number): Promise<void> {
    const sku = `${name}-${lane}-${count}`;
    this.placed.push(sku);
    const { id } = await this.#client.shop.place({ sku, quantity: 1 });
    if (id !== `o-${sku}`) throw new Error(`${sku} was answered with ${id}`);
  }

  async #watch(): Promise<void> {
    const items: number[] = [];
    for await (const item of this.#client.shop.watch({ customer: "c" })) items.push(item);
    if (items.join() !== Array.from({ length: 20 }, (_, n) => n + 1).join())
      throw new Error(`a stream brought ${items.join()}`);
    this.others += 1;
  }

  async #add(): Promise<void> {
    const sum = await this.#client.shop.stock.add(slowly([1, 2, 3, 4]));
    if (sum !== 10) throw new Error(`the sum was ${sum}`);
    this.others += 1;
  }

  async #chat(): Promise<void> {
    const heard: string[] = [];
    for await (const text of this.#client.shop.stock.chat(slowly(["a", "b"]))) heard.push(text);
    if (heard.join("") !== "AB") throw new Error(`the echo was ${heard.join("")}`);
    this.others += 1;
  }
}

async function* slowly<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) {
    await delay(5);
    yield item;
  }
}

test(
  "three restarts by SIGTERM under load: no call fails, and none is executed twice",
  { timeout: 180_000 },
  async () => {
    let { program, port } = await serve(0);
    const loads = ["a", "b", "c"].map((name) => {
      const client = createClient({
        url: `ws://127.0.0.1:${port}`,
        WebSocket,
        contracts: { shop },
      });
      opened.push({ stop: () => client.close() });
      return new Load(client, name);
    });
    const executed: string[] = [];
    for (let restart = 0; restart < 3; restart += 1) {
      await delay(700);
      const next = serve(port);
      executed.push(...(await terminate(program)));
      ({ program } = await next);
    }
    await delay(700);
    await Promise.all(loads.map((load) => load.stop()));
    executed.push(...(await terminate(program)));

    expect(loads.flatMap(({ failures }) => failures)).toEqual([]);
    expect(executed.toSorted()).toEqual(loads.flatMap(({ placed }) => placed).toSorted());
    expect(executed.length).toBeGreaterThan(50);
    expect(loads.every(({ others }) => others > 0)).toBe(true);
  },
);
