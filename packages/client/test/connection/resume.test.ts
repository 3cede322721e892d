/** A connection that is lost and found again: calls go on, none is lost, none is made twice. */
import { refusal } from "@concordat/core/internal";
import { ScriptedPeer, settle } from "@concordat/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { servedStage } from "../fixture/served-stage.ts";
import { outcomeOf } from "../fixture/stage.ts";

const order = { sku: "A-1", quantity: 2 };

test("an open call goes on after a cut, and is executed once", async () => {
  const { client, cut, clock, release, log, pipes } = servedStage();
  const answer = client.shop.place(order);
  await settle();
  cut();
  expect(await outcomeOf(answer)).toBe("pending");
  await clock.advance(1_000);
  expect(client.state).toBe("ready");
  expect(pipes).toHaveLength(2);
  release();

  expect(await outcomeOf(answer)).toEqual({ id: "o-A-1" });
  expect(log).toEqual(["place A-1"]);
});

test("an answer that was on its way when the connection was cut still arrives", async () => {
  const { client, cut, clock, release, log } = servedStage();
  const answer = client.shop.place(order);
  await settle();
  release();
  cut();
  await clock.advance(1_000);

  expect(await outcomeOf(answer)).toEqual({ id: "o-A-1" });
  expect(log).toEqual(["place A-1"]);
});

test("a call that is made while the connection is down is sent on the next one", async () => {
  const { client, cut, clock, release, log } = servedStage();
  const first = client.shop.place(order);
  await settle();
  cut();
  await settle();
  const second = client.shop.place({ sku: "B-2", quantity: 1 });
  await clock.advance(1_000);
  release();

  expect(await Promise.all([first, second])).toEqual([{ id: "o-A-1" }, { id: "o-B-2" }]);
  expect(log).toEqual(["place A-1", "place B-2"]);
});

test("an abort while the connection is down reaches the handler with the next one", async () => {
  const { client, cut, clock, log } = servedStage();
  const abort = new AbortController();
  const answer = client.shop.place(order, { signal: abort.signal });
  await settle();
  cut();
  abort.abort();
  expect(await outcomeOf(answer)).toMatchObject({ code: "cancelled" });
  await clock.advance(1_000);

  expect(log).toEqual(["place A-1", "abort A-1"]);
});

test("a deadline passes while the connection is down", async () => {
  const { client, cut, clock } = servedStage();
  const answer = client.shop.place(order, { timeoutMs: 300 });
  await settle();
  cut();
  await clock.advance(300);

  expect(client.state).toBe("waiting");
  expect(await outcomeOf(answer)).toMatchObject({ code: "deadline_exceeded" });
});

test("calls fail as unknown when the server has kept them for as long as it said", async () => {
  const stage = servedStage();
  const answer = stage.client.shop.place(order);
  await settle();
  stage.divert = (upgrade) => upgrade.fail();
  stage.cut();
  await stage.clock.advance(29_999);
  expect(await outcomeOf(answer)).toBe("pending");
  await stage.clock.advance(1);

  expect(await outcomeOf(answer)).toMatchObject({ code: "unavailable", origin: "network" });
  expect(stage.log).toEqual(["place A-1", "abort A-1"]);
});

test("calls fail as unknown where the server has been restarted, and new ones run", async () => {
  const stage = servedStage();
  const answer = stage.client.shop.place(order);
  await settle();
  stage.restart();
  await stage.clock.advance(1_000);

  expect(await outcomeOf(answer)).toMatchObject({ code: "unavailable", origin: "network" });
  stage.release();
  expect(await outcomeOf(stage.client.shop.place(order))).toEqual({ id: "o-A-1" });
});

test("calls fail with the refusal where the next connection is refused", async () => {
  const stage = servedStage();
  const answer = stage.client.shop.place(order);
  await settle();
  stage.divert = (upgrade) => {
    const peer = new ScriptedPeer(upgrade.accept());
    peer.reject(refusal("client-too-old", { message: "Reload the page." }));
  };
  stage.cut();
  await stage.clock.advance(1_000);

  expect(await outcomeOf(answer)).toMatchObject({ name: "UpgradeRequiredError" });
  expect(stage.client.state).toBe("refused");
});

test("a welcome that is lost on the way costs the session, and no call hangs", async () => {
  const stage = servedStage();
  const answer = stage.client.shop.place(order);
  await settle();
  stage.cut();
  stage.divert = (upgrade) => {
    const pipe = upgrade.accept();
    stage.server.accept(pipe);
    queueMicrotask(() => pipe.cut());
  };
  await stage.clock.advance(501);
  stage.divert = undefined;
  await stage.clock.advance(3_000);
  stage.release();

  expect(stage.client.state).toBe("ready");
  expect(["unavailable", undefined]).toContain((await codeOf(answer)) ?? undefined);
});

test("more is sent than is kept while the next connection is being made: the calls fail, the client goes on", async () => {
  const stage = servedStage({ limits: { replayBytes: 200 } });
  let next: ((text: string) => void) | undefined;
  async function* source(): AsyncGenerator<string> {
    for (;;) yield await new Promise<string>((resolve) => (next = resolve));
  }
  const chat = stage.client.shop.stock.chat(source())[Symbol.asyncIterator]();
  const answer = chat.next();
  await settle();
  stage.divert = (upgrade) => void upgrade.accept(); // takes the hello, and says nothing
  stage.cut();
  await stage.clock.advance(600);
  expect(stage.client.state).toBe("greeting");
  stage.divert = undefined;
  next?.("x".repeat(300));

  expect(await outcomeOf(answer)).toMatchObject({ code: "unavailable", origin: "network" });
  await stage.clock.advance(2_000);
  expect(stage.client.state).toBe("ready");
  expect(stage.pipes).toHaveLength(2);
});

test("close() while the connection is down ends what would have gone on", async () => {
  const { client, cut } = servedStage();
  const answer = client.shop.place(order);
  await settle();
  cut();
  await settle();
  await client.close();

  expect(await outcomeOf(answer)).toMatchObject({ code: "cancelled" });
});

test("whatever is cut, whenever: every item arrives once and in order, and every call is executed once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 }),
      fc.integer({ min: 1, max: 300 }),
      async (pauses, count) => {
        const limits = { streamWindowBytes: 16, connectionWindowBytes: 40 };
        const { client, clock, cut, release, log } = servedStage({ limits }, { limits });
        const items: number[] = [];
        const watched = (async () => {
          for await (const item of client.shop.watch({ customer: String(count) })) items.push(item);
        })();
        const numbers = Array.from({ length: count }, (_, index) => index + 1);
        const sum = client.shop.stock.add(numbers);
        const placed = client.shop.place(order);
        await settle(); // the first welcome has come: from here on the session is kept
        release();
        for (const turns of pauses) {
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          if (client.state === "ready") cut();
          await clock.advance(600);
          while (client.state !== "ready") await clock.advance(1_000);
        }
        const all = Promise.all([watched, sum, placed]);
        for (let round = 0; round < 500; round += 1) {
          if ((await outcomeOf(all)) !== "pending") break;
          await clock.advance(10);
        }

        expect(await outcomeOf(all)).toEqual([
          undefined,
          (count * (count + 1)) / 2,
          { id: "o-A-1" },
        ]);
        expect(items).toEqual(numbers);
        expect(log.filter((entry) => entry === "place A-1")).toHaveLength(1);
        await client.close();
      },
    ),
    { numRuns: 60 },
  );
});

async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await outcomeOf(promise);
  return typeof outcome === "object" && outcome !== null ? Reflect.get(outcome, "code") : outcome;
}
