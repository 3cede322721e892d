/** Notifications of every age: each client hears and is heard in the words of its own release. */
import {
  clientNotification,
  ConcordatError,
  type HandlersOf,
  type NotifiersOf,
  serverNotification,
  unary,
} from "@concordat/core";
import { bytesToValue, limitsWith, type ServerContract } from "@concordat/core/internal";
import { settle } from "@concordat/testing";
import { Type } from "typebox";
import { describe, expect, test } from "vitest";

import { type Adapter, implement } from "../../src/index.ts";
import type { Caller } from "../fixture/caller.ts";
import { historyOf, offersOf } from "../fixture/library-history.ts";
import { Stage } from "../fixture/stage.ts";

const ask = unary({ request: Type.Object({}), response: Type.Null() });

/** 1.0.0: a price is a number, and what was read is told by number. */
const first = {
  ask,
  price: serverNotification({ message: Type.Object({ amount: Type.Number() }) }),
  gone: serverNotification({ message: Type.Null() }),
  read: clientNotification({ message: Type.Object({ number: Type.Integer() }) }),
};

/** 1.1.0: a price may have a currency, and there is news. */
const second = {
  ...first,
  price: serverNotification({
    message: Type.Object({ amount: Type.Number(), currency: Type.Optional(Type.String()) }),
  }),
  news: serverNotification({ message: Type.String() }),
};

/** 2.0.0: the price is called quote, and has its parts in one text; what was read has a name; nothing is gone any more. */
const newest = {
  ask,
  quote: serverNotification({ message: Type.Object({ text: Type.String() }) }),
  news: second.news,
  read: clientNotification({ message: Type.Object({ name: Type.String() }) }),
};

const history = historyOf("market", [
  ["1.0.0", first],
  ["1.1.0", second],
  ["2.0.0", newest],
]);
const market: ServerContract<HandlersOf<typeof newest>, NotifiersOf<typeof newest>> = {
  name: "market",
  history,
};

const adapter: Adapter = {
  from: "1.1.0",
  to: "2.0.0",
  procedures: {
    price: {
      renamedTo: "quote",
      response(quote) {
        const { text } = quote as { readonly text: string }; // the server has checked it
        const [amount, currency] = text.split(" ");
        return { amount: Number(amount), currency };
      },
    },
    gone: "unimplemented",
    read: {
      request(older) {
        const { number } = older as { readonly number: number }; // the server has checked it
        return { name: `#${number}` };
      },
    },
  },
};

function marketStage(): { readonly stage: Stage; readonly read: unknown[] } {
  const read: unknown[] = [];
  const service = implement(market, {
    handlers: {
      ask: () => null,
      read: (message, { release }) => void read.push([release, message]),
    },
    adapters: [adapter],
  });
  return { stage: new Stage({ services: [service] }), read };
}

async function clientOf(release: string, stage: Stage): Promise<Caller> {
  const caller = stage.caller({
    contracts: [{ name: "market", offers: offersOf(history, release), optional: false }],
  });
  await caller.welcome;
  return caller;
}

function heardBy({ told }: Caller): unknown[] {
  return told.map(({ frame }) => [frame.procedure, bytesToValue(frame.payload, limitsWith())]);
}

test("each client hears under its own name, in its own form, and only what its release has", async () => {
  const { stage } = marketStage();
  const [one, two, three] = await Promise.all(
    ["1.0.0", "1.1.0", "2.0.0"].map((release) => clientOf(release, stage)),
  );
  const notify = stage.server.notify(market);

  expect(notify.quote({ text: "5 EUR" })).toBe(3);
  expect(notify.news("rain")).toBe(2);
  await settle();
  expect([one, two, three].map((caller) => caller && heardBy(caller))).toEqual([
    [["market/price", { amount: 5 }]],
    [
      ["market/price", { amount: 5, currency: "EUR" }],
      ["market/news", "rain"],
    ],
    [
      ["market/quote", { text: "5 EUR" }],
      ["market/news", "rain"],
    ],
  ]);
});

test("a client is counted once whose release has two notifications for one, and not at all where it takes nothing so large", async () => {
  const text = serverNotification({ message: Type.String() });
  const split = historyOf("market", [
    ["1.0.0", { ask, rose: text, fell: text }],
    ["2.0.0", { ask, moved: text }],
  ]);
  const contract: ServerContract<
    HandlersOf<{ ask: typeof ask }>,
    NotifiersOf<{ moved: typeof text }>
  > = { name: "market", history: split };
  const procedures = { rose: { renamedTo: "moved" }, fell: { renamedTo: "moved" } };
  const service = implement(contract, {
    handlers: { ask: () => null },
    adapters: [{ from: "1.0.0", to: "2.0.0", procedures }],
  });
  const stage = new Stage({ services: [service] });
  const [old, small] = ["1.0.0", "2.0.0"].map((release) =>
    stage.caller({
      contracts: [{ name: "market", offers: offersOf(split, release), optional: false }],
      limits: { messageBytes: release === "2.0.0" ? 2_000 : 10_000 },
    }),
  );
  await Promise.all([old?.welcome, small?.welcome]);

  const notify = stage.server.notify(contract);
  expect(notify.moved("5")).toBe(2);
  expect(notify.moved("x".repeat(5_000))).toBe(1);
  await settle();
  expect([old, small].map((caller) => caller?.told.length)).toEqual([4, 1]);
  expect(stage.logged("notification-unsent")).toHaveLength(1);
});

test("an adapter that fails leaves its clients out, is told to the log, and stops nobody else", async () => {
  const { stage } = marketStage();
  const [old, young] = await Promise.all([clientOf("1.1.0", stage), clientOf("2.0.0", stage)]);

  expect(stage.server.notify(market).quote({ text: "cheap" })).toBe(1);
  await settle();
  expect([heardBy(old), heardBy(young)]).toEqual([[], [["market/quote", { text: "cheap" }]]]);
  expect(stage.logged("promise-broken")).toMatchObject([
    { procedure: "market/price", release: "1.1.0", path: "/amount" },
  ]);
});

test.each(["failed_precondition", "internal"] as const)(
  "a notification that an adapter or a handler refuses with %s is told to the log as refused",
  async (code) => {
    const refuse = (): never => {
      throw new ConcordatError(code, "Not for you.");
    };
    const { procedures } = adapter;
    const price = { renamedTo: "quote", response: refuse };
    const service = implement(market, {
      handlers: { ask: () => null, read: refuse },
      adapters: [{ ...adapter, procedures: { ...procedures, price } }],
    });
    const stage = new Stage({ services: [service] });
    const caller = await clientOf("1.1.0", stage);

    expect(stage.server.notify(market).quote({ text: "5 EUR" })).toBe(0);
    caller.tell("market/read", { number: 4 });
    await settle();

    const message = `${code}: Not for you.`;
    const refused = { level: "info", event: "notification-refused", release: "1.1.0", message };
    expect(stage.log).toMatchObject([
      { ...refused, procedure: "market/price" },
      { ...refused, procedure: "market/read" },
    ]);
  },
);

test("what an older client tells reaches the handler in the newest form", async () => {
  const { stage, read } = marketStage();
  const [old, young] = await Promise.all([clientOf("1.0.0", stage), clientOf("2.0.0", stage)]);
  old.tell("market/read", { number: 4 });
  young.tell("market/read", { name: "Emma" });
  await settle();

  expect(read).toEqual([
    ["1.0.0", { name: "#4" }],
    ["2.0.0", { name: "Emma" }],
  ]);
});

describe("what cannot be handled is dropped, told to the log, and costs the connection nothing", () => {
  test.each([
    ["market/nothing", {}, "notification-dropped"],
    ["weather/read", {}, "notification-dropped"],
    ["", {}, "notification-dropped"],
    ["market/ask", {}, "notification-dropped"],
    ["market/news", "rain", "notification-dropped"],
    ["market/quote", { text: "x" }, "notification-dropped"],
    ["market/read", { name: 1 }, "notification-refused"],
  ])("%s", async (procedure, message, event) => {
    const { stage, read } = marketStage();
    const caller = await clientOf("2.0.0", stage);
    // More of them than credit allows: it comes back.
    for (let count = 0; count < 2_000; count += 1) {
      caller.tell(procedure, message);
      if (count % 500 === 0) await settle();
    }
    await settle();

    expect(read).toEqual([]);
    expect(stage.logged(event)).toHaveLength(2_000);
    expect(stage.logged(event)[0]?.level).toBe("info");
    expect(await caller.unary("market/ask", {}).done).toBe(null);
  });
});

test("one that a newer release does not have any more is answered by an adapter, or told to nobody", async () => {
  const gone = historyOf("market", [
    ["1.0.0", first],
    ["2.0.0", { ask }],
  ]);
  const heard: unknown[] = [];
  const handlers = { ask: () => null };
  const procedures: Adapter["procedures"] = {
    price: "unimplemented",
    gone: "unimplemented",
    read: { answer: async (message) => void heard.push(message) },
  };
  const between = (written: Adapter["procedures"]) =>
    implement(
      { name: "market", history: gone },
      { handlers, adapters: [{ from: "1.0.0", to: "2.0.0", procedures: written }] },
    );
  const stage = new Stage({ services: [between(procedures)] });
  const caller = stage.caller({
    contracts: [{ name: "market", offers: offersOf(gone, "1.0.0"), optional: false }],
  });
  await caller.welcome;
  caller.tell("market/read", { number: 4 });
  await settle();

  expect(heard).toEqual([{ number: 4 }]);
  expect(() => between({ ...procedures, price: { answer: () => null } })).toThrow(
    "answers price, which the server tells and nobody asks for",
  );
});

test("one that ended on the way is counted and logged as what its client's release has", async () => {
  const gone = historyOf("market", [
    ["1.0.0", first],
    ["2.0.0", { ask }],
  ]);
  const procedures: Adapter["procedures"] = {
    price: "unimplemented",
    gone: "unimplemented",
    read: "unimplemented",
  };
  const service = implement(
    { name: "market", history: gone },
    { handlers: { ask: () => null }, adapters: [{ from: "1.0.0", to: "2.0.0", procedures }] },
  );
  const stage = new Stage({ services: [service] });
  const caller = stage.caller({
    contracts: [{ name: "market", offers: offersOf(gone, "1.0.0"), optional: false }],
  });
  await caller.welcome;
  caller.tell("market/read", { number: 4 });
  await settle();

  expect(stage.server.fleet().calls).toMatchObject([
    { release: "1.0.0", procedure: "read", open: 0, ended: { unimplemented: 1 } },
  ]);
  expect(stage.logged("notification-dropped")).toMatchObject([
    { message: expect.stringContaining("ended before the newest; market 1.0.0 has it") },
  ]);
});

test("a notification cannot be called, and who tries is told what it is", async () => {
  const { stage, read } = marketStage();
  const caller = await clientOf("2.0.0", stage);

  expect(await caller.unary("market/read", { name: "Emma" }).error).toMatchObject({
    code: "unimplemented",
    rawMessage: '"market/read" is a client notification: it is told, not called.',
  });
  expect(await caller.unary("market/quote", {}).error).toMatchObject({
    code: "unimplemented",
    rawMessage: '"market/quote" is a server notification: it is told, not called.',
  });
  expect(read).toEqual([]);
});

test("a handler's context ends when its client is gone for good, and the server waits for it before", async () => {
  const reasons: unknown[] = [];
  const service = implement(market, {
    handlers: {
      ask: () => null,
      read: (_message, { signal }) =>
        new Promise<void>((resolve) => {
          signal.addEventListener("abort", () => {
            reasons.push(signal.reason);
            resolve();
          });
        }),
    },
    adapters: [adapter],
  });
  const stage = new Stage({ services: [service] });
  const caller = await clientOf("2.0.0", stage);
  caller.tell("market/read", { name: "Emma" });
  await settle();
  expect(stage.server.load.calls).toBe(1);
  caller.session.close(1000, "");
  await settle();

  expect(reasons).toMatchObject([{ code: "cancelled" }]);
  expect(stage.server.load).toEqual({ connections: 0, calls: 0 });
  expect(stage.logged("handler-failed")).toEqual([]);
});

test("a server notification has no handler, a client notification needs one", () => {
  const handlers: HandlersOf<typeof newest> = { ask: () => null, read: () => undefined };
  const more = { ...handlers, news: () => undefined };
  const { read: _read, ...less } = handlers;

  expect(() => implement(market, { handlers: more, adapters: [adapter] })).toThrow(
    "these handlers are for notifications that the server sends itself: news",
  );
  expect(() =>
    // As a caller without a compiler would.
    implement(market, { handlers: less as typeof handlers, adapters: [adapter] }),
  ).toThrow("these procedures have no handler: read");
});
