/** Uses generated stubs as an application would. What must not compile is marked: TypeScript complains when it does. */
import type { Procedures as PackageProcedures } from "@acme/orders-contract";
import { orders as packagedClient } from "@acme/orders-contract/client";
import type { Procedures as PackageOlder } from "@acme/orders-contract/releases/1.0.0";
import { orders as packagedServer } from "@acme/orders-contract/server";
import { createClient, isError } from "@concordat/client";
import { defineAdapter, implement, type Server, type Service } from "@concordat/server";

import { orders as client } from "./orders/client.js";
import type { Procedures as Older } from "./orders/releases/1.0.0/types.js";
import { orders as server } from "./orders/server.js";
import type { Order, OrderEvent, Procedures, Tree } from "./orders/types.js";

export async function call(): Promise<void> {
  const api = createClient({ url: "ws://localhost", contracts: { orders: client } }).orders;

  const order = await api.place({ sku: "A-1", quantity: 2 }, { timeoutMs: 1_000 });
  const id: string = order.id;
  const note: string | undefined = order.note;
  const placed: Date = order.at;
  const total: bigint = order.total;
  const photo: Uint8Array | undefined = order.photo;
  const state: "open" | "paid" = order.state;
  const [key, value]: [string, number] = order.pair;
  const listed: Order[] = await api.orders.list();
  await api.orders.list({ limit: 3 });
  for await (const event of api.watch({ order: id })) described(event);
  const count: number = await api.upload([new Uint8Array(1)]);
  for await (const tree of api.talk(["a"])) below(tree);
  try {
    await api.place({ sku: "A-1", quantity: 2 });
  } catch (error) {
    if (isError(error, client, "place", "out_of_stock")) {
      const sku: string = error.detail.value.sku;
      void [sku, error.retryAfterMs];
    }
    // @ts-expect-error: there is no such error
    isError(error, client, "place", "sold_out");
    // @ts-expect-error: it has no named errors
    isError(error, client, "watch", "out_of_stock");
  }
  await api.orders.seen({ order: id }, { metadata: { trace: "t-1" }, timeoutMs: 100 });
  await api.refresh();
  const stop: () => void = api.orders.changed.on((changed, { metadata }) => {
    void [changed.total, metadata.length];
  });
  api.closing.on(({ inMinutes }) => void (inMinutes + 1));
  stop();
  void [note, placed, total, photo, state, key, value, listed, count];

  // @ts-expect-error: the quantity is missing
  await api.place({ sku: "A-1" });
  // @ts-expect-error: a quantity is a number
  await api.place({ sku: "A-1", quantity: "2" });
  // @ts-expect-error: there is no such property
  await api.place({ sku: "A-1", quantity: 2, colour: "red" });
  // @ts-expect-error: the server tells it, nobody calls it
  await api.orders.changed(order);
  // @ts-expect-error: nothing is answered
  const seen: Order = await api.orders.seen({ order: id });
  void seen;
  // @ts-expect-error: there is no such procedure
  await api.cancel({ id });
  // @ts-expect-error: one request, not many
  await api.upload(new Uint8Array(1));
  // @ts-expect-error: a state is one of two
  const other: "shipped" = order.state;
  void other;
}

function described(event: OrderEvent): string {
  if (event.kind === "paid") return event.receipt;
  // @ts-expect-error: only the other kind has a receipt
  return event.receipt ?? event.carrier;
}

function below(tree: Tree): number {
  return tree.children.reduce((sum, child) => sum + below(child), tree.value);
}

const order: Order = {
  id: "1",
  at: new Date(0),
  total: 5n,
  state: "open",
  pair: ["a", 1],
  counts: { a: 1 },
  "a-b": null,
};

export const service: Service = implement(server, {
  handlers: {
    sketch: (request) => request,
    place: ({ sku, quantity }, { signal, deadline }) => {
      void [sku.length, quantity + 1, signal.aborted, deadline];
      return order;
    },
    orders: {
      list: async ({ limit = 10 }) => Array.from({ length: limit }, () => order),
      seen: ({ order: id }, context) => {
        const told: number = context.notify(server).orders.changed({ ...order, id });
        void told;
      },
    },
    refresh: () => undefined,
    async *watch({ order: id }) {
      yield { kind: "paid", receipt: id };
    },
    upload: async (requests) => {
      let size = 0;
      for await (const bytes of requests) size += bytes.length;
      return size;
    },
    talk: () => [{ value: 1, children: [] }],
  },
  adapters: [
    defineAdapter<Older, Procedures>({
      from: "1.0.0",
      to: "1.1.0",
      procedures: { place: { request: (older) => ({ ...older, quantity: 1 }) } },
    }),
  ],
});

export function close(running: Server): number {
  const notify = running.notify(server, ({ principal }) => principal === "ada");
  notify.orders.changed(order, { metadata: { trace: "t-1" } });
  // @ts-expect-error: a message in minutes
  notify.closing({ inHours: 1 });
  // @ts-expect-error: clients send it
  notify.orders.seen({ order: "o-1" });
  return notify.closing({ inMinutes: 5 });
}

defineAdapter<Older, Procedures>({
  from: "1.0.0",
  to: "1.1.0",
  procedures: {
    place: {
      // @ts-expect-error: the newer request needs a quantity
      request: (older) => older,
    },
  },
});

implement(server, {
  // @ts-expect-error: a handler is missing
  handlers: {
    place: () => order,
    orders: { list: () => [], seen: () => undefined },
    refresh: () => undefined,
    watch: () => [],
    talk: () => [],
  },
});

/** The package has the same types as the sources. */
export const same: {
  readonly client: typeof client;
  readonly server: typeof server;
  readonly order: PackageProcedures["place"]["response"];
  readonly older: PackageOlder["place"]["request"];
} = { client: packagedClient, server: packagedServer, order, older: { sku: "A-1" } };
