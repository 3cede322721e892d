/** Interceptors: one signature around every kind of call, that sees everything and may change it. */
import { ConcordatError, contextKey, type Metadata } from "@concordat/core";
import { FakeClock, settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";

import {
  type CallerContext,
  type CallReport,
  type Interceptor,
  reportCalls,
} from "../../src/index.ts";
import { newsStage } from "../fixture/news-stage.ts";
import { servedStage } from "../fixture/served-stage.ts";
import { outcomeOf, stage as scripted } from "../fixture/stage.ts";

const order = { sku: "A-1", quantity: 2 };

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

function shop(...interceptors: Interceptor[]) {
  return servedStage({ interceptors });
}

test("run around every kind of call, the first outermost, from its start to its end", async () => {
  const seen: string[] = [];
  const named =
    (name: string): Interceptor =>
    async ({ procedure, kind }, next) => {
      seen.push(`${name} ${procedure} ${kind}`);
      await next();
      seen.push(`${name} done`);
    };
  const { client, release } = shop(named("a"), named("b"));
  release();
  const around = async (call: () => Promise<unknown>): Promise<unknown> => {
    seen.length = 0;
    const outcome = await call();
    expect(seen.slice(2)).toEqual(["b done", "a done"]);
    return [seen.slice(0, 2), outcome];
  };

  expect(await around(() => client.shop.place(order))).toEqual([
    ["a shop/place unary", "b shop/place unary"],
    { id: "o-A-1" },
  ]);
  expect(await around(() => collect(client.shop.watch({ customer: "3" })))).toEqual([
    ["a shop/watch serverStream", "b shop/watch serverStream"],
    [1, 2, 3],
  ]);
  expect(await around(() => client.shop.stock.add([1, 2]))).toEqual([
    ["a shop/stock/add clientStream", "b shop/stock/add clientStream"],
    3,
  ]);
  expect(await around(() => collect(client.shop.stock.chat(["x", "y"])))).toEqual([
    ["a shop/stock/chat bidiStream", "b shop/stock/chat bidiStream"],
    ["X", "Y"],
  ]);
});

test("run around notifications, and may keep one to themselves", async () => {
  const { client, seen } = newsStage();
  const news = client({
    interceptors: [
      async ({ kind, request }, next) => {
        expect(kind).toBe("clientNotification");
        if ((request as { readonly id: string }).id !== "secret") await next(); // the contract says so
      },
    ],
  });
  await news.news.seen({ id: "secret" });
  await news.news.seen({ id: "o-1" });
  await settle();

  expect(seen).toEqual(["o-1"]);
});

test("add metadata, change the request and the deadline, see what came back", async () => {
  const received: unknown[] = [];
  const contexts: CallerContext[] = [];
  const stage = servedStage(
    {
      calls: { "shop/": { metadata: { app: "till" } } },
      interceptors: [
        async (context, next) => {
          contexts.push(context);
          context.addMetadata({ token: "t-1" });
          context.request = { ...order, sku: "B-2" };
          context.timeoutMs = 500;
          await next();
          context.response = { ...(context.response as object), seen: true }; // a response of "place"
        },
      ],
    },
    {
      middleware: [
        async (context, next) => {
          const { metadata, deadline = 0 } = context;
          received.push({ metadata, leftMs: deadline - stage.clock.now() });
          context.sendLeading({ region: "eu" });
          context.setTrailing({ cost: "3" });
          await next();
        },
      ],
    },
  );
  stage.release();
  const told: Metadata[] = [];
  const placed = await stage.client.shop.place(order, {
    metadata: { trace: "t-2" },
    onLeading: (leading) => told.push(leading),
    onTrailing: (trailing) => told.push(trailing),
  });

  expect(placed).toEqual({ id: "o-B-2", seen: true });
  expect(received).toEqual([
    {
      metadata: [
        ["app", "till"],
        ["trace", "t-2"],
        ["token", "t-1"],
      ],
      leftMs: 500,
    },
  ]);
  const [context] = contexts;
  expect([context?.leading, context?.trailing]).toEqual([[["region", "eu"]], [["cost", "3"]]]);
  expect(told).toEqual([[["region", "eu"]], [["cost", "3"]]]);
});

test("a call keeps its signal, and the call within which it is made", async () => {
  const { client, release } = shop((_context, next) => next());
  const [own, outer] = [new AbortController(), new AbortController()];
  const calls = [
    client.shop.place(order, { signal: own.signal }),
    client.shop.place(order, { within: { deadline: undefined, signal: outer.signal } }),
  ];
  await settle();
  own.abort();
  outer.abort();

  for (const call of calls) expect(await outcomeOf(call)).toMatchObject({ code: "cancelled" });
  release();
});

test("see how long a call may take, whoever said so, and whether it may be repeated", async () => {
  const seen: unknown[] = [];
  const { client, release } = servedStage({
    calls: { "shop/": { timeoutMs: 700 } },
    interceptors: [
      ({ timeoutMs, idempotent }, next) => {
        seen.push({ timeoutMs, idempotent });
        return next();
      },
    ],
  });
  release();
  await client.shop.place(order);
  await client.shop.place(order, { timeoutMs: 300 });

  expect(seen).toEqual([
    { timeoutMs: 700, idempotent: false },
    { timeoutMs: 300, idempotent: false },
  ]);
});

test("one that takes the answer away leaves none, and the call has gone well", async () => {
  const { client, release } = shop(async (context, next) => {
    await next();
    context.response = undefined;
  });
  release();

  expect(await outcomeOf(client.shop.place(order))).toBeUndefined();
});

test("an interceptor may answer by itself: nothing is sent", async () => {
  const { client, pipes } = shop(async (context, _next) => {
    context.response = context.kind === "unary" ? { id: "cached" } : [7, 8];
  });

  expect(await client.shop.place(order)).toEqual({ id: "cached" });
  expect(await collect(client.shop.watch({ customer: "3" }))).toEqual([7, 8]);
  expect(pipes).toEqual([]);
});

test("one that neither calls nor answers is told so", async () => {
  const { client } = shop(async () => undefined);
  const code = "failed_precondition";

  expect(await outcomeOf(client.shop.place(order))).toMatchObject({ code });
  expect(await outcomeOf(collect(client.shop.watch({ customer: "3" })))).toMatchObject({ code });
});

test("one that calls twice makes one call", async () => {
  const { client, release, log } = shop(async (_context, next) => {
    await next();
    await next();
  });
  release();

  expect(await outcomeOf(client.shop.place(order))).toMatchObject({ code: "failed_precondition" });
  expect(log).toEqual(["place A-1"]);
});

test("one that throws refuses the call before it is made, whatever its kind", async () => {
  const { client, pipes } = shop(async () => {
    throw new ConcordatError("unauthenticated", "Log in first.");
  });
  const refused = { code: "unauthenticated", rawMessage: "Log in first." };

  expect(await outcomeOf(client.shop.place(order))).toMatchObject(refused);
  const items = client.shop.watch({ customer: "3" })[Symbol.asyncIterator]();
  expect(await outcomeOf(items.next())).toMatchObject(refused);
  expect(await outcomeOf(items.next())).toEqual({ done: true, value: undefined });
  expect(pipes).toEqual([]);
});

test("an error may be answered, or be made another one", async () => {
  const seen: unknown[] = [];
  const { client } = shop(async (context, next) => {
    try {
      await next();
    } catch (error) {
      seen.push((error as ConcordatError).detail?.name); // next() rejects with nothing else
      if (context.signal !== undefined) throw new Error("mine", { cause: error });
      context.response = { id: "none" };
    }
  });
  const signal = new AbortController().signal;

  expect(await client.shop.place({ sku: "none", quantity: 1 })).toEqual({ id: "none" });
  expect(
    await outcomeOf(client.shop.place({ sku: "none", quantity: 1 }, { signal })),
  ).toMatchObject({ message: "mine" });
  expect(seen).toEqual(["out_of_stock", "out_of_stock"]);
});

/** Marks what goes out, and what comes in. */
const marking =
  (mark: string): Interceptor =>
  async (context, next) => {
    context.wrapResponses(async function* (items) {
      for await (const item of items) yield `${String(item)}${mark}`;
    });
    context.request = [mark, ...(context.request as string[])]; // an array in this test
    await next();
  };

/** Wraps a stream in an iterator that leaves `done` out, as the language allows. */
const byHand: Interceptor = async (context, next) => {
  context.wrapResponses((items) => ({
    [Symbol.asyncIterator]() {
      const iterator = items[Symbol.asyncIterator]();
      return {
        async next() {
          const { done, value } = await iterator.next();
          return done === true ? { done, value } : { value };
        },
      };
    },
  }));
  await next();
};

/** What an async hook gives back that nobody waits for. */
function unreachable(): unknown {
  return Promise.reject(new Error("the metrics server is down"));
}

function wrong(): never {
  throw new Error("wrong");
}

describe("streams", () => {
  test("can be wrapped, the first interceptor outermost, and the source of requests replaced", async () => {
    const { client } = shop(marking("a"), marking("b"));

    expect(await collect(client.shop.stock.chat(["x"]))).toEqual(["Bba", "Aba", "Xba"]);
  });

  test("left by their reader are over as cancelled, and the handler's finally runs", async () => {
    const outcomes: unknown[] = [];
    const { client, log } = shop(async (context, next) => {
      context.wrapResponses(async function* (items) {
        try {
          yield* items;
        } finally {
          outcomes.push("unwrapped");
        }
      });
      try {
        await next();
      } catch (error) {
        outcomes.push((error as ConcordatError).code); // next() rejects with nothing else
        throw error;
      }
    });
    for await (const item of client.shop.watch({ customer: "1000000" })) {
      if (item === 3) break;
    }
    await settle();

    expect(outcomes).toEqual(["cancelled", "unwrapped"]);
    expect(log).toEqual(["watched"]);
  });

  test("that fail may be answered: what is answered comes behind what has come", async () => {
    const { client, welcome } = scripted({
      interceptors: [
        async (context, next) => {
          await next().catch(() => (context.response = [7, 8]));
        },
      ],
    });
    const items = collect(client.shop.watch({ customer: "c-9" }));
    const peer = await welcome();
    peer.items(1, 1, 2);
    const fault = { code: "not_found", message: "", detail: undefined } as const;
    const rest = { retryAfterMs: undefined, notExecuted: false };
    peer.send({ kind: "error", id: 1, fault: { ...fault, ...rest }, metadata: [] });

    expect(await items).toEqual([1, 2, 7, 8]);
  });

  test("that are answered without the server fail where the answer does", async () => {
    const { client } = shop(async (context) => {
      context.response = (function* () {
        yield 1;
        throw new Error("The cache is broken.");
      })();
    });
    const items = client.shop.watch({ customer: "3" })[Symbol.asyncIterator]();

    expect(await items.next()).toEqual({ done: false, value: 1 });
    expect(await outcomeOf(items.next())).toMatchObject({ message: "The cache is broken." });
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  test("that fail may be let end well: what had come is all there is", async () => {
    const { client } = shop(async (context, next) => {
      context.wrapResponses(async function* (items) {
        for await (const item of items) {
          if (item === 2) throw new Error("enough");
          yield item;
        }
      });
      await next().catch(() => undefined);
    });

    expect(await collect(client.shop.watch({ customer: "3" }))).toEqual([1]);
  });

  test("around which nothing is thrown, literally, fail with an error all the same", async () => {
    const { client } = shop(async (context, next) => {
      context.wrapResponses(async function* () {
        yield await Promise.reject(undefined);
      });
      await next();
    });

    expect(await outcomeOf(collect(client.shop.watch({ customer: "3" })))).toMatchObject({
      code: "unknown",
      rawMessage: "Something was thrown that is nothing.",
    });
  });

  test("left by their reader are left at the server too, where what was put around them never asked for them", async () => {
    const { client, log } = shop(async (context, next) => {
      context.wrapResponses(async function* () {
        yield* ["one", "two"];
      });
      await next();
    });
    const items = client.shop.watch({ customer: "1000000" })[Symbol.asyncIterator]();
    expect(await items.next()).toEqual({ done: false, value: "one" });
    expect(log).toEqual([]);

    expect(await items.return?.()).toEqual({ done: true, value: undefined });
    await settle();
    expect(log).toEqual(["watched"]);
    expect(await items.next()).toEqual({ done: true, value: undefined });
  });

  test("are left when the interceptors are through with that, and not before", async () => {
    let tidied: (() => void) | undefined;
    const tidy = new Promise<void>((resolve) => (tidied = resolve));
    const { client } = shop(async (_context, next) => {
      try {
        await next();
      } finally {
        await tidy;
      }
    });
    const items = client.shop.watch({ customer: "3" })[Symbol.asyncIterator]();
    await items.next();
    const left = items.return?.() ?? Promise.reject(new Error("no return"));
    expect(await outcomeOf(left)).toBe("pending");
    tidied?.();

    expect(await outcomeOf(left)).toEqual({ done: true, value: undefined });
  });

  test("that are wrapped by hand end where `for await` would end: what says nothing of its end goes on", async () => {
    const { client } = shop(byHand);

    expect(await collect(client.shop.watch({ customer: "3" }))).toEqual([1, 2, 3]);
  });

  test.each<[string, Parameters<CallerContext["wrapResponses"]>[0], unknown[] | undefined]>([
    ["throws", wrong, undefined],
    [
      "throws before it reads them",
      async function* () {
        yield wrong();
      },
      undefined,
    ],
    [
      "throws by hand",
      (items) => {
        const iterator = items[Symbol.asyncIterator]();
        return { [Symbol.asyncIterator]: () => ({ next: () => iterator.next().then(wrong) }) };
      },
      undefined,
    ],
    [
      "says something else",
      async function* () {
        yield 0;
      },
      [0],
    ],
  ])("are left, and their call is over, where what wraps them %s", async (_name, wrap, outcome) => {
    const stage = shop(async (context, next) => {
      context.wrapResponses(wrap);
      await next();
    });
    const read = collect(stage.client.shop.watch({ customer: "1000000" })).catch(() => undefined);

    expect(await read).toEqual(outcome);
    await settle();
    expect(stage.server.load.calls).toBe(0);
    expect(stage.log).toEqual(["watched"]);
  });

  test("that are answered with what cannot be iterated end no process where nobody reads them", async () => {
    const rejected: unknown[] = [];
    const hear = (reason: unknown): void => void rejected.push(reason);
    process.on("unhandledRejection", hear);
    const { client } = shop(async (context) => {
      context.response = {
        get [Symbol.asyncIterator]() {
          throw new Error("not yet");
        },
      };
    });
    client.shop.watch({ customer: "3" })[Symbol.asyncIterator]();
    await settle();
    await new Promise((turn) => setImmediate(turn));
    process.off("unhandledRejection", hear);

    expect(rejected).toEqual([]);
  });

  test("left while an interceptor still waits are never called", async () => {
    let release: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const { client, pipes } = shop(async (_context, next) => {
      await gate;
      await next();
    });
    const items = client.shop.watch({ customer: "3" })[Symbol.asyncIterator]();
    const left = items.return?.();
    release?.();
    await left;

    expect(await items.next()).toEqual({ done: true, value: undefined });
    expect(pipes).toEqual([]);
  });

  test("start when they are iterated, and only once", async () => {
    let calls = 0;
    const { client } = shop(async (_context, next) => {
      calls += 1;
      await next();
    });
    const stream = client.shop.watch({ customer: "1" });
    expect(calls).toBe(0);
    expect(await collect(stream)).toEqual([1]);

    expect(await outcomeOf(collect(stream))).toMatchObject({ code: "failed_precondition" });
    expect(calls).toBe(1);
  });
});

test("hand typed values to those after them, for one call", async () => {
  const user = contextKey("user", "nobody");
  const seen: string[] = [];
  const { client, release } = shop(
    async (context, next) => {
      seen.push(context.get(user));
      context.set(user, "ada");
      await next();
    },
    async (context, next) => {
      seen.push(context.get(user));
      await next();
    },
  );
  release();
  await client.shop.place(order);
  await client.shop.place(order);

  expect(seen).toEqual(["nobody", "ada", "nobody", "ada"]);
});

test("reportCalls says how each call ended and how long that took", async () => {
  const reports: CallReport[] = [];
  const time = new FakeClock();
  const { client, release } = shop(reportCalls((report) => void reports.push(report), time));
  const placed = client.shop.place(order);
  await settle();
  await time.advance(20);
  release();
  await placed;
  await outcomeOf(client.shop.place({ sku: "none", quantity: 1 }));
  for await (const item of client.shop.watch({ customer: "9" })) if (item === 1) break;

  expect(
    reports.map(({ context, outcome, durationMs, error }) => [
      context.procedure,
      outcome,
      durationMs,
      error instanceof ConcordatError,
    ]),
  ).toEqual([
    ["shop/place", "ok", 20, false],
    ["shop/place", "failed_precondition", 0, true],
    ["shop/watch", "cancelled", 0, true],
  ]);
});

test("reportCalls hands on what was thrown as it is", async () => {
  const { client } = shop(reportCalls(() => undefined));

  expect(await outcomeOf(client.shop.place({ sku: "none", quantity: 1 }))).toMatchObject({
    code: "failed_precondition",
    rawMessage: "Sold out.",
  });
});

test("reportCalls drops what an async hook rejects with, and does not wait for it", async () => {
  const rejected: unknown[] = [];
  const hear = (reason: unknown): void => void rejected.push(reason);
  process.on("unhandledRejection", hear);
  const { client, release } = shop(reportCalls(unreachable));
  release();

  expect(await client.shop.place(order)).toEqual({ id: "o-A-1" });
  await new Promise((turn) => setImmediate(turn));
  process.off("unhandledRejection", hear);
  expect(rejected).toEqual([]);
});
