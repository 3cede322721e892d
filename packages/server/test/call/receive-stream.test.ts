/** A caller's stream goes as fast as its handler takes it. */
import { expect, test } from "vitest";

import { later } from "../fixture/caller.ts";
import type { OpenCall } from "../fixture/open-call.ts";
import type { ShopHandlers } from "../fixture/shop.ts";
import { shopStage, type Stage } from "../fixture/stage.ts";

const small = { limits: { streamWindowBytes: 10, connectionWindowBytes: 20 } };

async function openSum(stage: Stage): Promise<OpenCall> {
  const caller = stage.caller();
  await caller.welcome;
  return caller.open("clientStream", "shop/sum");
}

/** Sends items until the credit is used up, and says how many. */
function sendAll(call: OpenCall, most = 1_000): number {
  let sent = 0;
  for (; sent < most && call.call.canSend; sent += 1) call.send(1);
  return sent;
}

test("a handler that takes nothing bounds its caller to the window", async () => {
  const stage = shopStage({ sum: () => new Promise(() => undefined) }, small);
  const call = await openSum(stage);

  expect(sendAll(call)).toBe(10);
  await stage.clock.advance(1_000);
  expect(call.call.canSend).toBe(false);
});

test("a handler that goes on lets its caller go on", async () => {
  const gate = later<void>();
  const stage = shopStage(
    {
      async sum(numbers) {
        await gate.promise;
        let sum = 0;
        for await (const number of numbers) sum += number;
        return sum;
      },
    },
    small,
  );
  const call = await openSum(stage);
  let sent = sendAll(call);
  gate.settle();
  while (sent < 100) {
    await stage.clock.advance(0);
    sent += sendAll(call, 100 - sent);
  }
  call.call.sendEnd();

  expect(await call.done).toBe(100);
});

test.each<[string, ShopHandlers["sum"]]>([
  [
    "stops reading",
    async (numbers) => {
      for await (const number of numbers) return number;
      return 0;
    },
  ],
  ["never reads", () => 1],
])("a handler that %s gives the connection's credit back to other calls", async (_name, sum) => {
  const stage = shopStage({ sum }, small);
  const caller = stage.caller();
  await caller.welcome;
  for (let round = 0; round < 10; round += 1) {
    const call = caller.open("clientStream", "shop/sum");
    expect(sendAll(call)).toBeGreaterThan(0);
    expect(await call.done).toBe(1);
    await stage.clock.advance(0);
  }
});

test("items that come for a call that has failed give the connection's credit back", async () => {
  const stage = shopStage({}, small);
  const caller = stage.caller();
  await caller.welcome;
  for (let round = 0; round < 10; round += 1) {
    const call = caller.open("clientStream", "shop/nothing");
    expect(sendAll(call)).toBeGreaterThan(0);
    expect((await call.error).code).toBe("unimplemented");
    await stage.clock.advance(0);
  }
});

test("a caller that sends beyond its credit is closed with 4523", async () => {
  const stage = shopStage({ sum: () => new Promise(() => undefined) }, small);
  const caller = stage.caller();
  await caller.welcome;
  const call = caller.open("clientStream", "shop/sum");
  for (let item = 0; item < 11; item += 1) call.send(1);

  expect(await caller.ended).toMatchObject({ code: 4523, reason: "flow-control" });
});

test("the end of the caller's stream is seen behind its last item", async () => {
  const seen: unknown[] = [];
  const stage = shopStage({
    async sum(numbers) {
      for await (const number of numbers) seen.push(number);
      seen.push("end");
      return 0;
    },
  });
  const call = await openSum(stage);
  for (const number of [1, 2]) call.send(number);
  call.call.sendEnd();
  await call.done;

  expect(seen).toEqual([1, 2, "end"]);
});

test("a hundred thousand items that have piled up are read in order", async () => {
  const gate = later<void>();
  const stage = shopStage({
    async sum(numbers) {
      await gate.promise;
      let inOrder = 0;
      for await (const number of numbers) inOrder += number === inOrder % 100 ? 1 : 0;
      return inOrder;
    },
  });
  const call = await openSum(stage);
  for (let item = 0; item < 100_000; item += 1) call.send(item % 100);
  call.call.sendEnd();
  await stage.clock.advance(0);
  gate.settle();

  expect(await call.done).toBe(100_000);
});
