/** Streams of responses, and what becomes of them when either side has enough. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { limitRules, type Metadata } from "@concordat/core";
import { announce, frameToBytes, valueToBytes } from "@concordat/core/internal";
import { settle } from "@concordat/testing";
import { expect, test } from "vitest";
import { ignore, outcomeOf, stage } from "../fixture/stage.ts";

const request = { customer: "c-9" };

test("a stream is called for when its iteration starts, not before", async () => {
  const { client, upgrades } = stage();
  const stream = client.shop.watch(request);
  await settle();
  expect(upgrades).toHaveLength(0);

  stream[Symbol.asyncIterator]();
  await settle();
  expect(upgrades).toHaveLength(1);
});

test("items come in order, then the end", async () => {
  const { client, welcome } = stage();
  const items = collect(client.shop.watch(request));
  const peer = await welcome();
  peer.items(1, 1, 2);
  await settle();
  peer.items(1, 3);
  peer.endStream(1);

  expect(await outcomeOf(items)).toEqual([1, 2, 3]);
});

test("leading metadata is told once, and not behind an item: what comes later is no fault, and ignored", async () => {
  const { client, welcome } = stage();
  const heard: readonly Metadata[][] = [[], []];
  for (const told of heard) {
    const onLeading = (metadata: Metadata): void => void told.push(metadata);
    collect(client.shop.watch(request, { onLeading })).catch(ignore);
  }
  const peer = await welcome();
  peer.send({ kind: "leading", id: 1, metadata: [["x", "first"]] });
  peer.items(2, 1);
  for (const id of [1, 2]) peer.send({ kind: "leading", id, metadata: [["x", "again"]] });
  await settle();

  expect(heard).toEqual([[[["x", "first"]]], []]);
  expect(peer.end).toBeUndefined();
});

test("an item that nobody takes does not hold the message that it came in", async () => {
  const { client, welcome } = stage();
  const answer = client.shop.place({ sku: "A-1", quantity: 1 });
  const iterator = client.shop.watch(request)[Symbol.asyncIterator]();
  const peer = await welcome();
  peer.respond(1, { id: "o-1" });
  await answer;
  // What comes for a call that is over is dropped, and is large enough to be seen in the memory of this process.
  const late = {
    kind: "response",
    id: 1,
    metadata: [],
    payload: valueToBytes("x".repeat(1e6)),
  } as const;
  const payload = peer.payload("shop/watch", 7);
  const item = frameToBytes({ kind: "item", id: 2, payload });
  const message = Uint8Array.from([...frameToBytes(late), ...item]);
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < 100; count += 1) {
    peer.bytes(message);
    await settle();
  }
  collectGarbage();

  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10e6);
  for (let count = 0; count < 100; count += 1) {
    expect(await iterator.next()).toEqual({ done: false, value: 7 });
  }
  await iterator.return?.();
});

test("items that arrived before an error are given out before it is thrown", async () => {
  const { client, welcome } = stage();
  const iterator = client.shop.watch(request)[Symbol.asyncIterator]();
  const peer = await welcome();
  peer.items(1, 1, 2);
  const fault = {
    code: "data_loss",
    message: "Gone.",
    detail: undefined,
    retryAfterMs: undefined,
  } as const;
  peer.send({ kind: "error", id: 1, fault, metadata: [] });
  await settle();

  expect(await iterator.next()).toEqual({ done: false, value: 1 });
  expect(await iterator.next()).toEqual({ done: false, value: 2 });
  expect(await outcomeOf(iterator.next())).toMatchObject({ code: "data_loss", origin: "remote" });
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
});

test("breaking out cancels at the server in the same turn, and nothing more is given out", async () => {
  const { client, welcome } = stage();
  const items: number[] = [];
  const loop = (async () => {
    for await (const item of client.shop.watch(request)) {
      items.push(item);
      if (item === 2) break;
    }
  })();
  const peer = await welcome();
  peer.items(1, 1, 2, 3, 4);
  await loop;
  await settle();

  expect(items).toEqual([1, 2]);
  expect(peer.heard("cancel")).toEqual([{ kind: "cancel", id: 1, code: 1 }]);
  peer.items(1, 5);
  peer.endStream(1);
  await settle();
  expect(client.state).toBe("ready");
});

test("an error thrown in the loop's body cancels as well", async () => {
  const { client, welcome } = stage();
  const mistake = new Error("in the body");
  const loop = (async () => {
    for await (const item of client.shop.watch(request))
      throw new Error("in the body", { cause: item });
  })();
  const peer = await welcome();
  peer.items(1, 1);

  expect(await outcomeOf(loop)).toMatchObject({ message: mistake.message });
  expect(peer.heard("cancel")).toHaveLength(1);
});

test("leaving a stream before it was sent sends nothing", async () => {
  const { client, accept } = stage();
  const iterator = client.shop.watch(request)[Symbol.asyncIterator]();
  await iterator.return?.();
  const peer = await accept();

  expect(peer.heard("request")).toEqual([]);
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
});

test("a next() that waits while another one leaves is answered with the end", async () => {
  const { client, welcome } = stage();
  const iterator = client.shop.watch(request)[Symbol.asyncIterator]();
  const next = iterator.next();
  await welcome();
  await iterator.return?.();

  expect(await outcomeOf(next)).toEqual({ done: true, value: undefined });
});

test("several next() calls at once are answered in order", async () => {
  const { client, welcome } = stage();
  const iterator = client.shop.watch(request)[Symbol.asyncIterator]();
  const all = Promise.all([iterator.next(), iterator.next(), iterator.next()]);
  const peer = await welcome();
  peer.items(1, 1, 2);
  peer.endStream(1);

  expect(await outcomeOf(all)).toEqual([
    { done: false, value: 1 },
    { done: false, value: 2 },
    { done: true, value: undefined },
  ]);
});

test("an item that does not match cancels the stream and is the server's fault", async () => {
  const { client, welcome } = stage();
  const iterator = client.shop.watch(request)[Symbol.asyncIterator]();
  const peer = await welcome();
  peer.items(1, 1, "two", 3);
  await settle();

  expect(await iterator.next()).toMatchObject({ value: 1 });
  expect(await outcomeOf(iterator.next())).toMatchObject({ code: "internal", origin: "remote" });
  expect(await iterator.next()).toMatchObject({ done: true });
  expect(peer.heard("cancel")).toHaveLength(1);
});

test("a stream is for one consumer: the second one is told so, and makes no call", async () => {
  const { client, welcome } = stage();
  const stream = client.shop.watch(request);
  const first = collect(stream);
  const peer = await welcome();
  const second = stream[Symbol.asyncIterator]();

  expect(await outcomeOf(second.next())).toMatchObject({ code: "failed_precondition" });
  expect(await second.next()).toMatchObject({ done: true });
  peer.endStream(1);
  expect(await outcomeOf(first)).toEqual([]);
  expect(peer.heard("request")).toHaveLength(1);
});

test("a request that does not match is thrown by the loop, not by the call", async () => {
  const { client, upgrades } = stage();
  // A caller in JavaScript, whom no compiler has warned.
  const stream = client.shop.watch({} as never);

  expect(await outcomeOf(collect(stream))).toMatchObject({ code: "invalid_argument" });
  expect(upgrades).toHaveLength(0);
});

test("a consumer that stops bounds the server: credit is granted as items are taken, not as they come", async () => {
  const { client, welcome } = stage({
    limits: { streamWindowBytes: 10, connectionWindowBytes: 1_000 },
  });
  const iterator = client.shop.watch(request)[Symbol.asyncIterator]();
  const peer = await welcome();
  expect(peer.hello.limits).toMatchObject({ streamWindowBytes: 10 });
  peer.items(1, 1, 2, 3, 4, 5, 6, 7, 8);
  await settle();
  expect(peer.heard("credit")).toEqual([]);

  for (let taken = 0; taken < 5; taken += 1) await iterator.next();
  await settle();
  expect(peer.heard("credit")).toEqual([{ kind: "credit", id: 1, bytes: 5 }]);
});

test("what a consumer leaves unread is given back to the connection", async () => {
  const { client, welcome } = stage({ limits: { connectionWindowBytes: 10 } });
  const iterator = client.shop.watch(request)[Symbol.asyncIterator]();
  const peer = await welcome();
  peer.items(1, 1, 2, 3, 4, 5, 6);
  await settle();
  await iterator.return?.();
  await settle();

  expect(peer.heard("credit")).toEqual([{ kind: "credit", id: 0, bytes: 6 }]);
});

test("a server that sends beyond its credit is closed with 4803", async () => {
  const { client, welcome } = stage({ limits: { streamWindowBytes: 3 } });
  const stream = collect(client.shop.watch(request));
  const peer = await welcome();
  peer.send(
    ...[1, 2, 3, 4, 5, 6, 7].map((value) => ({
      kind: "item" as const,
      id: 1,
      payload: Uint8Array.of(value),
    })),
  );

  expect(await outcomeOf(stream)).toMatchObject({ code: "unavailable" });
  expect(peer.end).toMatchObject({ code: 4803 });
});

test("a deadline ends a stream after the items that came in time", async () => {
  const { client, welcome, clock } = stage();
  const iterator = client.shop.watch(request, { timeoutMs: 1_000 })[Symbol.asyncIterator]();
  const peer = await welcome({ limits: announce((name) => limitRules[name].default) });
  peer.items(1, 1);
  await clock.advance(1_000);

  expect(await iterator.next()).toMatchObject({ value: 1 });
  expect(await outcomeOf(iterator.next())).toMatchObject({ code: "deadline_exceeded" });
  expect(peer.heard("cancel")).toEqual([{ kind: "cancel", id: 1, code: 4 }]);
});

async function collect(stream: AsyncIterable<number>): Promise<number[]> {
  const items: number[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
