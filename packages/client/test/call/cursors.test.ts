/** Streams with a cursor: when their session is gone they go on behind the last item that arrived. */
import {
  ConcordatError,
  defineContract,
  type Metadata,
  serverStream,
  withCursor,
} from "@concordat/core";
import { createServer, implement, type Server } from "@concordat/server";
import { FakeClock, type MemoryTransport, memoryWebSocket, settle } from "@concordat/testing";
import { Type } from "typebox";
import { afterEach, expect, test } from "vitest";

import { type ClientOptions, createClient } from "../../src/index.ts";
import { ignore, outcomeOf, stage } from "../fixture/stage.ts";

const log = defineContract("log", {
  follow: serverStream({ request: Type.Object({}), response: Type.Integer() }),
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that counts, and can be killed: another one takes its place, which knows none of its sessions. */
function follow(
  handler: (cursor: string | undefined) => AsyncIterable<number>,
  options: Partial<ClientOptions> = {},
  onLeading: (metadata: Metadata) => void = () => undefined,
) {
  const clock = new FakeClock();
  const pipes: MemoryTransport[] = [];
  const asked: { readonly cursor: string | undefined; readonly metadata: unknown }[] = [];
  const start = (): Server =>
    createServer({
      clock,
      log: () => undefined,
      services: [
        implement(log, {
          handlers: {
            follow(_request, context) {
              const { cursor, metadata } = context;
              asked.push({ cursor, metadata });
              context.sendLeading({ from: cursor ?? "0" });
              return handler(cursor);
            },
          },
        }),
      ],
    });
  let server = start();
  const client = createClient({
    url: "ws://log.example/rpc",
    clock,
    random: () => 0.5,
    WebSocket: memoryWebSocket((upgrade) => {
      const pipe = upgrade.accept();
      pipes.push(pipe);
      server.accept(pipe);
    }),
    ...options,
    contracts: { log },
  });
  const close = async (old: Server): Promise<void> => {
    const closed = old.close({ withinMs: 1 });
    await settle();
    await clock.advance(1);
    await closed;
  };
  closing.push(async () => {
    await client.close();
    await close(server);
    expect(clock.waiting).toBe(0);
  });
  const stream = client.log.follow({}, { metadata: { trace: "t-1" }, onLeading });
  const items = stream[Symbol.asyncIterator]();
  return {
    client,
    clock,
    asked,
    items,
    cut: () => pipes.at(-1)?.cut(),
    kill: async () => {
      const old = server;
      pipes.at(-1)?.cut();
      server = start();
      await close(old);
      await clock.advance(10_000);
      await new Promise(setImmediate); // a whole window of items takes many turns
    },
  };
}

/** Numbers from the cursor on, as fast as they are taken. */
async function* numbers(cursor: string | undefined): AsyncGenerator<number> {
  for (let number = Number(cursor ?? 0) + 1; ; number += 1) {
    yield withCursor(number, String(number));
  }
}

test("a server that is replaced is asked to go on: no item is lost, none comes twice", async () => {
  const { items, kill, asked } = follow(numbers);
  const taken: unknown[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (let count = 0; count < 5; count += 1) taken.push((await items.next()).value);
    await kill();
  }
  for (let count = 0; count < 40_000; count += 1) taken.push((await items.next()).value);
  await items.return?.();

  expect(taken).toEqual(Array.from(taken, (_, at) => at + 1));
  expect(asked.map(({ metadata }) => metadata)).toEqual(
    Array.from(asked, () => [["trace", "t-1"]]),
  );
  const [first, ...later] = asked.map(({ cursor }) => cursor);
  expect(first).toBe(undefined);
  expect(later).toHaveLength(3);
  for (const cursor of later) expect(Number(cursor)).toBeGreaterThan(4);
});

test("a stream that goes on behind a cursor tells its leading metadata once", async () => {
  const led: unknown[] = [];
  const { items, kill } = follow(numbers, {}, (metadata) => led.push(metadata));
  await items.next();
  await kill();
  for (let count = 0; count < 40_000; count += 1) await items.next();
  await items.return?.();

  expect(led).toEqual([[["from", "0"]]]);
});

test("a session that is resumed needs no cursor: the handler is not asked again", async () => {
  const { items, cut, clock, asked } = follow(numbers);
  await items.next();
  cut();
  await clock.advance(2_000);

  expect(await outcomeOf(items.next())).toMatchObject({ value: 2 });
  await items.return?.();
  expect(asked).toHaveLength(1);
});

test("a handler that fails for a moment goes on, and each item that comes is a fresh start", async () => {
  let failures = 0;
  const { items, clock, asked } = follow(async function* (cursor) {
    const from = Number(cursor ?? 0);
    if (from >= 5) return;
    yield withCursor(from + 1, String(from + 1));
    failures += 1;
    throw new ConcordatError("unavailable", "Not now.");
  });
  const taken: unknown[] = [];
  for (let count = 0; count < 6; count += 1) {
    const next = items.next();
    await settle();
    await clock.advance(200);
    taken.push((await next).value);
  }

  expect(taken).toEqual([1, 2, 3, 4, 5, undefined]);
  expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, "1", "2", "3", "4", "5"]);
  expect(failures).toBe(5);
});

test("one that comes no further ends after so many attempts", async () => {
  const { items, clock, asked } = follow(async function* (cursor) {
    if (cursor === undefined) yield withCursor(1, "1");
    throw new ConcordatError("unavailable", "Not now.");
  });
  await items.next();
  const next = items.next();
  next.catch(() => undefined);
  for (let count = 0; count < 5; count += 1) await clock.advance(10_000);

  expect(await outcomeOf(next)).toMatchObject({ code: "unavailable" });
  expect(asked).toHaveLength(3);
});

/** What a server answers that is busy, or that turns a call away unread. */
function unavailable(id: number, notExecuted: boolean) {
  const fault = {
    code: "unavailable",
    message: "Not now.",
    detail: undefined,
    retryAfterMs: undefined,
    notExecuted,
  } as const;
  return { kind: "error", id, fault, metadata: [] } as const;
}

test("items that wait while their stream is made again give their credit back to the connection, and none to the new call", async () => {
  const limits = { streamWindowBytes: 64, connectionWindowBytes: 64 };
  const { client, clock, welcome } = stage({ limits });
  const items = client.shop.watch({ customer: "c-9" })[Symbol.asyncIterator]();
  const taken = [items.next()];
  const peer = await welcome();
  const payload = peer.payload("shop/watch", 2 ** 50);
  const numbered = Array.from({ length: 5 }, (_, at) => ({ cursor: String(at) }));
  peer.send(
    ...numbered.map(({ cursor }) => ({ kind: "item", id: 1, payload, cursor }) as const),
    unavailable(1, false),
  );
  await clock.advance(10_000);
  for (let count = 1; count < 5; count += 1) taken.push(items.next());
  await Promise.all(taken);
  await settle();

  expect(peer.heard("request").map(({ id }) => id)).toEqual([1, 2]);
  const bytes = 5 * payload.length;
  expect(peer.heard("credit")).toEqual([{ kind: "credit", id: 0, bytes }]);
  await items.return?.();
});

test("a stream that went on behind its cursor moves at once where a leaving server turns it away", async () => {
  const { client, clock, welcome } = stage();
  const items = client.shop.watch({ customer: "c-9" })[Symbol.asyncIterator]();
  const peer = await welcome();
  const payload = peer.payload("shop/watch", 1);
  peer.send({ kind: "item", id: 1, payload, cursor: "c" }, unavailable(1, false));
  await items.next();
  await clock.advance(10_000);
  expect(peer.heard("request")).toHaveLength(2);
  peer.send({ kind: "goaway", id: 0, withinMs: 20_000 }, unavailable(2, true));
  const next = await welcome();

  expect(next.heard("request")).toHaveLength(1);
  items.return?.().catch(ignore);
});

test("an error that is for good ends the stream, whatever its cursor", async () => {
  const { items, clock } = follow(async function* () {
    yield withCursor(1, "1");
    throw new ConcordatError("not_found", "It was deleted.");
  });
  await items.next();
  const next = items.next();
  await clock.advance(1_000);

  expect(await outcomeOf(next)).toMatchObject({ code: "not_found" });
});

test("without a cursor nothing is asked twice: the stream says that its session is gone", async () => {
  const { items, kill, asked } = follow(async function* () {
    yield 1;
    await new Promise(() => undefined);
  });
  await items.next();
  const next = items.next();
  next.catch(() => undefined);
  await kill();

  expect(await outcomeOf(next)).toMatchObject({ code: "unavailable", origin: "network" });
  expect(asked).toHaveLength(1);
});

test("a client that wants none of it says so", async () => {
  const { items, kill } = follow(numbers, { retry: false });
  await items.next();
  await kill();
  let last: unknown;
  for (let count = 0; count < 100_000 && !(last instanceof ConcordatError); count += 1) {
    last = await items.next().catch((error: unknown) => error);
  }

  expect(last).toMatchObject({ code: "unavailable" });
});

test("a cursor is text, and not a long one", () => {
  expect(() => withCursor(1, "x".repeat(1_025))).toThrow("at most 1024 bytes");
  expect(() => withCursor(1, "é".repeat(513))).toThrow(TypeError);
  // As a handler without a compiler would.
  expect(() => withCursor(1, 7 as unknown as string)).toThrow(TypeError);
  expect(() => withCursor(1, "é".repeat(512))).not.toThrow();
});
