/** The lean client: what its contracts bring along works, and what they do not is refused with a sentence. */
import { createServer, implement } from "@concordat/server/portable";
import { FakeClock, memoryWebSocket, settle } from "@concordat/testing";
import { afterEach, expect, test } from "vitest";
import type { Client } from "../src/client.ts";
import { createClient } from "../src/lean.ts";
import { bidiStream, clientStream, serverStream } from "../src/stub/1.ts";
import { order, shop } from "./fixture/shop.ts";

const kinds: Readonly<Record<string, unknown>> = { bidiStream, clientStream, serverStream };

/** The same as a stub would have it: each kind but the unary one brings its code. */
const stub: typeof shop = {
  ...shop,
  procedures: shop.procedures.map((procedure) =>
    procedure.kind === "unary" ? procedure : { ...procedure, as: kinds[procedure.kind] },
  ),
};

const clock = new FakeClock();
const server = createServer({
  clock,
  services: [
    implement(shop, {
      handlers: {
        place: ({ sku }) => ({ id: `o-${sku}` }),
        async *watch() {
          yield* [1, 2, 3];
        },
        stock: {
          async add(items) {
            let sum = 0;
            for await (const item of items) sum += item;
            return sum;
          },
          async *chat(lines) {
            for await (const line of lines) yield line.toUpperCase();
          },
        },
      },
    }),
  ],
});
const WebSocket = memoryWebSocket((upgrade) => server.accept(upgrade.accept()));
let client: Client<{ shop: typeof shop }> | undefined;

afterEach(async () => {
  await client?.close();
  await settle();
});

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test("all kinds of calls that a stub brings along are made", async () => {
  client = createClient({ url: "ws://shop.example", contracts: { shop: stub }, WebSocket, clock });

  expect(await client.shop.place(order)).toEqual({ id: "o-A-1" });
  expect(await all(client.shop.watch({ customer: "c" }))).toEqual([1, 2, 3]);
  expect(await client.shop.stock.add([1, 2])).toBe(3);
  expect(await all(client.shop.stock.chat(["a", "b"]))).toEqual(["A", "B"]);
});

test("a contract in source form with more than unary procedures is refused with what to do", () => {
  expect(() => createClient({ url: "ws://x", contracts: { shop }, WebSocket })).toThrow(
    /brings no code for shop\/\S+: give its generated stub, or .*"@concordat\/client"/,
  );
});

test("what is no contract of a client is refused by its key", () => {
  const contracts = { orders: { name: "orders", history: [] } } as unknown as { shop: typeof shop }; // a server stub

  expect(() => createClient({ url: "ws://x", contracts, WebSocket })).toThrow(
    /contracts\.orders is no client stub/,
  );
});

test("an option of the client holds for its calls", async () => {
  const hanging = memoryWebSocket(() => undefined);
  client = createClient({
    url: "ws://shop.example",
    contracts: { shop: stub },
    WebSocket: hanging,
    clock,
    timeoutMs: 50,
  });
  const call = client.shop.place(order);
  call.catch(() => undefined);
  await clock.advance(50);

  await expect(call).rejects.toMatchObject({ code: "deadline_exceeded" });
});
