/** A handler's stream goes as fast as its reader takes it, and no other stream waits for that. */
import { memoryTransports, settle } from "@concordat/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { limitConcurrency } from "../../src/index.ts";
import { rejecting } from "../fixture/hostile.ts";
import type { ShopHandlers } from "../fixture/shop.ts";
import { shopStage } from "../fixture/stage.ts";

/** Pages of 100 bytes without end, and how many were asked for. */
function endless(): { readonly produced: () => number; readonly pages: ShopHandlers["pages"] } {
  let count = 0;
  return {
    produced: () => count,
    async *pages() {
      for (;;) {
        count += 1;
        yield "x".repeat(98); // two bytes of head
      }
    },
  };
}

const atLength = (): { text: string } => ({ text: "x".repeat(1_000) });

test("a reader that stops bounds its producer to the window and one item", async () => {
  const { produced, pages } = endless();
  const stage = shopStage({ pages });
  const caller = stage.caller({ limits: { streamWindowBytes: 1_000 } });
  const call = caller.stream("shop/pages", {});
  call.stalled = true;
  await stage.clock.advance(10_000);

  expect(call.items).toHaveLength(10);
  expect(produced()).toBe(11); // the one more waits to be sent
});

test("a reader that goes on gets the rest, in order, as it takes it", async () => {
  const stage = shopStage({
    async *count({ to }) {
      for (let number = 1; number <= to; number += 1) yield number;
    },
  });
  const caller = stage.caller({ limits: { streamWindowBytes: 10 } });
  const call = caller.stream("shop/count", { to: 100 });
  call.stalled = true;
  await stage.clock.advance(0);
  expect(call.items).toHaveLength(10);
  call.resume();

  expect(await call.done).toBeUndefined();
  expect(call.items).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
});

test("a stalled stream does not stall other streams, nor unary calls", async () => {
  const stage = shopStage({ pages: endless().pages });
  const caller = stage.caller({
    limits: { streamWindowBytes: 1_000, connectionWindowBytes: 4_000 },
  });
  const stalled = caller.stream("shop/pages", {});
  stalled.stalled = true;
  await stage.clock.advance(0);
  const counted = caller.stream("shop/count", { to: 500 });

  expect(await counted.done).toBeUndefined();
  expect(counted.items).toHaveLength(500);
  expect(await caller.unary("shop/greet", { name: "Bo" }).done).toEqual({ text: "Hello, Bo." });
  expect(stalled.items).toHaveLength(10);
});

test("streams that together fill the connection's window all go on when one of them is read", async () => {
  const stage = shopStage();
  const caller = stage.caller({ limits: { streamWindowBytes: 100, connectionWindowBytes: 150 } });
  const calls = [1, 2, 3].map(() => caller.stream("shop/count", { to: 400 }));
  for (const call of calls) call.stalled = true;
  await stage.clock.advance(0);
  const before = calls.map(({ items }) => items.length);
  expect(before.reduce((sum, length) => sum + length)).toBeLessThanOrEqual(150);
  for (const call of calls) {
    call.resume();
    await stage.clock.advance(0);
  }

  await Promise.all(calls.map(({ done }) => done));
  expect(calls.map(({ items }) => items.length)).toEqual([400, 400, 400]);
});

test("an item larger than the whole window still arrives", async () => {
  const stage = shopStage({ pages: () => ["a", "x".repeat(5_000), "b"] });
  const call = stage
    .caller({ limits: { streamWindowBytes: 100, connectionWindowBytes: 100 } })
    .stream("shop/pages", {});
  await call.done;

  expect(call.items).toEqual(["a", "x".repeat(5_000), "b"]);
});

test.each([undefined, null, 7, "text", {}, { [Symbol.asyncIterator]: 7 }])(
  "a handler that streams %j fails its own call, and the log says what it should have given",
  async (nothing) => {
    const stage = shopStage({ pages: () => nothing as unknown as string[] }); // what JavaScript lets it return
    const call = stage.caller().stream("shop/pages", {});

    await expect(call.done).rejects.toMatchObject({ code: "internal" });
    expect(stage.log.map(({ cause }) => String(cause))).toEqual([
      "TypeError: The handler of a stream gave nothing that can be iterated.",
    ]);
  },
);

test("nothing is produced for a stream before its client was let in", async () => {
  const { produced, pages } = endless();
  const stage = shopStage({ pages }, { authenticate: () => new Promise(() => undefined) });
  stage.caller().stream("shop/pages", {});
  await stage.clock.advance(1_000);

  expect(produced()).toBe(0);
});

test("whatever the windows, the items and the pauses: every item arrives once and in order", async () => {
  const sizes = fc.array(fc.integer({ min: 4, max: 300 }), { maxLength: 40 });
  const window = fc.integer({ min: 1, max: 600 });
  const pauses = fc.array(fc.boolean(), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(sizes, { minLength: 1, maxLength: 4 }),
      window,
      window,
      pauses,
      async (streams, streamWindowBytes, connectionWindowBytes, turns) => {
        const pages: string[][] = [];
        const stage = shopStage({ pages: () => pages.shift() ?? [] });
        const caller = stage.caller({ limits: { streamWindowBytes, connectionWindowBytes } });
        const expected = streams.map((each) => each.map((size, index) => `${index}`.padEnd(size)));
        pages.push(...expected);
        const calls = streams.map(() => caller.stream("shop/pages", {}));
        for (const [turn, isStalled] of turns.entries()) {
          const call = calls[turn % calls.length];
          if (isStalled && call !== undefined) call.stalled = true;
          else call?.resume();
          await stage.clock.advance(1);
        }
        for (const call of calls) call.resume();
        await Promise.all(calls.map(({ done }) => done));

        expect(calls.map(({ items }) => items)).toEqual(expected);
        await stage.clock.advance(0);
        expect(stage.server.load.calls).toBe(0);
      },
    ),
    { numRuns: 100 },
  );
});

test("a client whose socket takes nothing is closed with 4511 once too much waits for it", async () => {
  const stage = shopStage({ greet: atLength }, { limits: { bufferedBytes: 1_250 } });
  const [near, far] = memoryTransports();
  let waiting = 0;
  stage.server.accept({
    get bufferedBytes() {
      return waiting;
    },
    send(message) {
      if (typeof message !== "string") waiting += message.length; // nothing of it ever leaves
      far.send(message);
    },
    close: (code, reason) => far.close(code, reason),
    listen: (listener) => far.listen(listener),
  });
  const caller = stage.caller({ transport: near });
  let answered = 0;
  for (; answered < 20 && caller.session.state !== "closed"; answered += 1) {
    caller.unary("shop/greet", { name: "" });
    await stage.clock.advance(0);
  }

  expect(await caller.ended).toMatchObject({ code: 4511, reason: "slow-consumer" });
  expect(answered).toBe(5);
  expect(waiting).toBeLessThan(7_000);
  expect(stage.server.load).toEqual({ connections: 0, calls: 0 });
  expect(stage.clock.waiting).toBe(0);
});

test("a producer that never waits lets others have their turn, whatever windows its reader announced", async () => {
  let made = 0;
  const stage = shopStage({
    *pages() {
      for (; made < 20_000; made += 1) yield "x".repeat(1_000);
    },
  });
  const most = 2_147_483_647;
  const caller = stage.caller({
    limits: { streamWindowBytes: most, connectionWindowBytes: most },
  });
  await caller.welcome;
  const call = caller.stream("shop/pages", {});
  await settle();

  expect(made).toBeLessThan(5_000);
  for (let turn = 0; turn < 10; turn += 1) await stage.clock.advance(0);
  expect(await call.done).toBeUndefined();
  expect(call.items).toHaveLength(20_000);
});

test("a producer that never leaves does not keep its caller waiting for the error", async () => {
  const endings: (() => void)[] = [];
  const stage = shopStage({
    async *count() {
      try {
        yield "no number" as unknown as number; // JavaScript does not know the type
      } finally {
        await new Promise<void>((end) => endings.push(end));
      }
    },
  });
  const call = stage.caller().stream("shop/count", { to: 1 });

  expect(await call.error).toMatchObject({ code: "internal" });
  expect(stage.server.fleet().calls).toMatchObject([{ open: 1, ended: {} }]); // it runs on, and is counted
  for (const end of endings) end();
  await settle();
  expect(stage.server.fleet().calls).toMatchObject([{ open: 0, ended: { internal: 1 } }]);
});

test("a handler that is async and no generator fails its call, and nothing else", async () => {
  const stage = shopStage({ count: rejecting as ShopHandlers["count"] }); // JavaScript does not know the type
  const error = await stage.caller().stream("shop/count", { to: 1 }).error;
  await settle();

  expect(error).toMatchObject({ code: "internal" });
  const [event] = stage.logged("handler-failed");
  expect(String(event?.cause)).toContain("it has to be an async generator");
});

test("a stream that was cancelled runs until its producer has left, also for a limit", async () => {
  const endings: (() => void)[] = [];
  const stage = shopStage(
    {
      async *count() {
        try {
          for (;;) yield 1;
        } finally {
          await new Promise<void>((end) => endings.push(end));
        }
      },
    },
    { middleware: [limitConcurrency({ calls: 1 })] },
  );
  const caller = stage.caller({ limits: { streamWindowBytes: 10 } });
  const call = caller.stream("shop/count", { to: 1 });
  call.stalled = true;
  await settle();
  call.call.cancel();
  await settle();

  expect(await caller.unary("shop/greet", { name: "" }).error).toMatchObject({
    code: "resource_exhausted",
  });
  for (const end of endings) end();
  await settle();
  expect(await caller.unary("shop/greet", { name: "" }).done).toBeDefined();
});

test("a producer that is at its end in any way that counts as true is asked no more", async () => {
  let asked = 0;
  const one = 1 as unknown as false; // as JavaScript may
  const count = (): Iterable<number> => ({
    [Symbol.iterator]: () => ({
      next: () => ({ done: (asked += 1) > 2 ? one : false, value: asked }),
    }),
  });
  const call = shopStage({ count }).caller().stream("shop/count", { to: 0 });

  expect(await call.done).toBeUndefined();
  expect(call.items).toEqual([1, 2]);
});
