/** Calls that are made again: only where that is declared harmless, only while it can help, never without bound. */
import {
  ConcordatError,
  defineContract,
  serverStream,
  type StatusCode,
  statusCodes,
  unary,
} from "@concordat/core";
import { faultFrom } from "@concordat/core/internal";
import { FakeClock, type ScriptedPeer, settle } from "@concordat/testing";
import { Type } from "typebox";
import { describe, expect, test } from "vitest";

import { Retries } from "../../src/call/retries.ts";
import type { ClientOptions } from "../../src/index.ts";
import { outcomeOf, stage } from "../fixture/stage.ts";

const Query = { request: Type.Object({}), response: Type.Integer() };
const books = defineContract("books", {
  find: unary({ ...Query, idempotent: true }),
  browse: serverStream({ ...Query, idempotent: true }),
  buy: unary(Query),
});

const Note = { request: Type.String(), response: Type.Integer() };
const notes = defineContract("notes", {
  keep: unary({ ...Note, idempotent: true }),
  add: unary(Note),
});

function shelf(options: Partial<ClientOptions> = {}) {
  // The longest waits: `random` is 0.5 elsewhere.
  return stage({ random: () => 0.999, ...options, contracts: { books } });
}

/** Answers the newest request with an error. */
function refuse(peer: ScriptedPeer, code: StatusCode, retryAfterMs?: number): void {
  const error = new ConcordatError(code, "Not now.", {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
  const id = peer.heard("request").at(-1)?.id ?? 0;
  peer.send({ kind: "error", id, fault: faultFrom(error), metadata: [] });
}

test("an idempotent call that is refused for a moment is made again, after a random and growing wait", async () => {
  const { client, welcome, clock } = shelf();
  const found = client.books.find({});
  const peer = await welcome();
  refuse(peer, "unavailable");
  await clock.advance(199);
  expect(peer.heard("request")).toHaveLength(1);
  await clock.advance(1);
  expect(peer.heard("request")).toHaveLength(2);
  refuse(peer, "unavailable");
  await clock.advance(399);
  expect(peer.heard("request")).toHaveLength(2);
  await clock.advance(1);
  peer.respond(3, 7);

  expect(await outcomeOf(found)).toBe(7);
});

test.each([600_001, 2 ** 53, Infinity])(
  "a call that a server puts off by %d ms fails instead of waiting for good",
  async (retryAfterMs) => {
    const { client, welcome } = shelf();
    const found = client.books.find({});
    refuse(await welcome(), "unavailable", retryAfterMs);

    expect(await outcomeOf(found)).toMatchObject({ code: "unavailable", retryAfterMs });
  },
);

test("a call that waits to be made again fails as soon as the client is closed", async () => {
  const { client, welcome, clock } = shelf();
  const found = client.books.find({});
  refuse(await welcome(), "unavailable", 60_000);
  expect(await outcomeOf(found)).toBe("pending");
  await client.close();

  expect(await outcomeOf(found)).toMatchObject({ code: "cancelled" });
  expect(clock.waiting).toBe(0);
});

test("so it does as soon as the client is refused", async () => {
  const { client, welcome, clock } = shelf();
  const found = client.books.find({});
  const peer = await welcome();
  refuse(peer, "unavailable", 60_000);
  await settle();
  peer.close(4426);

  expect(await outcomeOf(found)).toMatchObject({ code: "failed_precondition", closeCode: 4426 });
  expect(clock.waiting).toBe(0);
});

test("a call that is made again carries what it carried at first, whatever was sent since it arrived", async () => {
  const { client, welcome, clock } = stage({ contracts: { notes } });
  void client.connect();
  const peer = await welcome({ session: { token: "t", graceMs: 1_000 } });
  const kept = client.notes.keep("the first");
  await settle();
  refuse(peer, "unavailable");
  peer.send({ kind: "ack", id: 0, frames: 1 });
  await settle();
  const others = Array.from({ length: 10 }, async (_, number) =>
    client.notes.add(`other ${number}`),
  );
  await settle();
  await clock.advance(1_000);
  const again = peer.heard("request").filter(({ procedure }) => procedure === "notes/keep");
  for (const { id } of peer.heard("request").slice(1)) peer.respond(id, 0);
  await Promise.all([kept, ...others]);

  expect(again).toHaveLength(2);
  expect(again[1]?.payload).toEqual(again[0]?.payload);
});

test("the last attempt's error is the caller's, and metadata and the remaining time travel each time", async () => {
  const { client, welcome, clock } = shelf();
  const found = client.books.find({}, { metadata: { trace: "t-1" }, timeoutMs: 10_000 });
  const peer = await welcome();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    refuse(peer, "unavailable");
    await clock.advance(1_000);
  }

  expect(await outcomeOf(found)).toMatchObject({ code: "unavailable", rawMessage: "Not now." });
  expect(peer.heard("request").map(({ metadata, timeoutMs }) => [metadata, timeoutMs])).toEqual([
    [[["trace", "t-1"]], 10_000],
    [[["trace", "t-1"]], 9_801],
    [[["trace", "t-1"]], 8_601],
  ]);
});

describe("by its code", () => {
  const codes = Object.keys(statusCodes) as StatusCode[]; // the table's own keys
  test.each(codes)("%s", async (code) => {
    const { client, welcome, clock } = shelf();
    const found = client.books.find({});
    const peer = await welcome();
    refuse(peer, code, code === "resource_exhausted" ? 5_000 : undefined);
    const isRepeated = code === "unavailable" || code === "resource_exhausted";
    await clock.advance(5_200);

    expect(peer.heard("request")).toHaveLength(isRepeated ? 2 : 1);
    const outcome = await outcomeOf(found);
    expect(outcome instanceof ConcordatError ? outcome.code : outcome).toBe(
      isRepeated ? "pending" : code,
    );
  });
});

test("a quota that does not say when it is filled again is not asked twice", async () => {
  const { client, welcome, clock } = shelf();
  const found = client.books.find({});
  const peer = await welcome();
  refuse(peer, "resource_exhausted");
  await clock.advance(60_000);

  expect(await outcomeOf(found)).toMatchObject({ code: "resource_exhausted" });
  expect(peer.heard("request")).toHaveLength(1);
});

test("what the server asks to wait is waited at least, and not longer than the deadline allows", async () => {
  const { client, welcome, clock } = shelf();
  const patient = client.books.find({}, { timeoutMs: 60_000 });
  const peer = await welcome();
  refuse(peer, "unavailable", 30_000);
  await clock.advance(29_999);
  peer.send({ kind: "ping", id: 0, token: 1 });
  expect(peer.heard("request")).toHaveLength(1);
  await clock.advance(201);
  expect(peer.heard("request")).toHaveLength(2);
  peer.respond(2, 1);
  expect(await outcomeOf(patient)).toBe(1);

  const hasty = client.books.find({}, { timeoutMs: 20_000 });
  await settle();
  refuse(peer, "unavailable", 30_000);
  expect(await outcomeOf(hasty)).toMatchObject({ code: "unavailable", retryAfterMs: 30_000 });
});

test("others are never made again, whatever the server says", async () => {
  const { client, welcome, clock } = shelf();
  const bought = client.books.buy({});
  const peer = await welcome();
  refuse(peer, "unavailable", 1);
  await clock.advance(60_000);

  expect(await outcomeOf(bought)).toMatchObject({ code: "unavailable" });
  expect(peer.heard("request")).toHaveLength(1);
});

test("a stream starts again before its first item, and not after it", async () => {
  const { client, welcome, clock } = shelf();
  const items = client.books.browse({})[Symbol.asyncIterator]();
  const first = items.next();
  const peer = await welcome();
  refuse(peer, "unavailable");
  await clock.advance(200);
  peer.items(2, 5);
  expect(await outcomeOf(first)).toMatchObject({ value: 5 });
  const second = items.next();
  refuse(peer, "unavailable");
  await clock.advance(10_000);

  expect(await outcomeOf(second)).toMatchObject({ code: "unavailable" });
  expect(peer.heard("request")).toHaveLength(2);
});

test("leading metadata counts as the beginning of an answer", async () => {
  const { client, welcome, clock } = shelf();
  const found = client.books.find({});
  const peer = await welcome();
  peer.send({ kind: "leading", id: 1, metadata: [["region", "eu"]] });
  refuse(peer, "unavailable");
  await clock.advance(10_000);

  expect(await outcomeOf(found)).toMatchObject({ code: "unavailable" });
});

test("giving up ends the wait: nothing more is sent, and no timer is left", async () => {
  const { client, welcome, clock } = shelf();
  const abort = new AbortController();
  const found = client.books.find({}, { signal: abort.signal });
  const peer = await welcome();
  refuse(peer, "unavailable");
  await settle();
  abort.abort();
  await clock.advance(10_000);

  expect(await outcomeOf(found)).toMatchObject({ code: "cancelled" });
  expect(peer.frames.map(({ kind }) => kind)).toEqual(["request"]);
});

test("a server that refuses everything is asked little more than once for each call: the budget", async () => {
  const { client, welcome, clock } = shelf({ retry: { attempts: 100, firstMs: 1, capMs: 1 } });
  void client.connect();
  const peer = await welcome();
  for (let call = 0; call < 100; call += 1) {
    const found = client.books.find({});
    found.catch(() => undefined);
    await settle();
    for (let attempt = 0; attempt < 100 && (await outcomeOf(found)) === "pending"; attempt += 1) {
      refuse(peer, "unavailable");
      await clock.advance(1);
    }
    expect(await outcomeOf(found)).toMatchObject({ code: "unavailable" });
  }

  expect(peer.heard("request")).toHaveLength(110);

  // Ten calls that go well earn one more attempt.
  for (let call = 0; call < 10; call += 1) {
    const found = client.books.find({});
    await settle();
    peer.respond(peer.heard("request").length, call);
    expect(await outcomeOf(found)).toBe(call);
  }
  const before = peer.heard("request").length;
  const found = client.books.find({});
  await settle();
  refuse(peer, "unavailable");
  await clock.advance(1);
  refuse(peer, "unavailable");

  expect(await outcomeOf(found)).toMatchObject({ code: "unavailable" });
  expect(peer.heard("request").length - before).toBe(2);
});

test("when the session is gone, idempotent calls are sent again, and others say that the outcome is unknown", async () => {
  const { client, welcome, untilDial } = shelf();
  const found = client.books.find({});
  const bought = client.books.buy({});
  const items = client.books.browse({})[Symbol.asyncIterator]();
  const first = items.next();
  const peer = await welcome();
  peer.cut(); // this server kept no session
  await untilDial();
  const next = await welcome();

  expect(
    next
      .heard("request")
      .map(({ procedure }) => procedure)
      .toSorted(),
  ).toEqual(["books/browse", "books/find"]);
  const error = await outcomeOf(bought);
  expect(error).toMatchObject({ code: "unavailable", origin: "network" });
  expect(error).toMatchObject({
    rawMessage: expect.stringContaining("nobody knows whether the call was executed"),
  });
  const idOf = (procedure: string) =>
    next.heard("request").find((each) => each.procedure === procedure)?.id ?? 0;
  next.respond(idOf("books/find"), 7);
  next.items(idOf("books/browse"), 8);
  expect(await outcomeOf(found)).toBe(7);
  expect(await outcomeOf(first)).toMatchObject({ value: 8 });
});

test("lost connections cost no budget, and end after so many attempts all the same", async () => {
  const { client, welcome, untilDial } = shelf();
  const all = Array.from({ length: 50 }, () => client.books.find({}));
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const peer = await welcome();
    expect(peer.heard("request")).toHaveLength(50);
    peer.cut();
    await untilDial();
  }
  const outcomes = await Promise.all(all.map(outcomeOf));

  expect(outcomes).toHaveLength(50);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ code: "unavailable" });
});

describe("what is set for a procedure or a contract", () => {
  test("holds for its calls: no retry, a deadline, metadata ahead of the call's own", async () => {
    const { client, welcome, clock } = shelf({
      timeoutMs: 9_000,
      calls: {
        "books/": { metadata: { app: "shelf" }, timeoutMs: 8_000 },
        "books/find": { retry: false, metadata: { kind: "query" } },
        "books/browse": { timeoutMs: Infinity },
      },
    });
    const found = client.books.find({}, { metadata: [["app", "mine"]] });
    const bought = client.books.buy({}, { timeoutMs: 50 });
    const items = client.books.browse({})[Symbol.asyncIterator]();
    const first = items.next();
    const peer = await welcome();

    expect(peer.heard("request").map(({ timeoutMs, metadata }) => [timeoutMs, metadata])).toEqual([
      [
        8_000,
        [
          ["app", "shelf"],
          ["kind", "query"],
          ["app", "mine"],
        ],
      ],
      [50, [["app", "shelf"]]],
      [0, [["app", "shelf"]]],
    ]);
    const [{ id } = { id: 0 }] = peer.heard("request");
    const fault = faultFrom(new ConcordatError("unavailable", "Not now."));
    peer.send({ kind: "error", id, fault, metadata: [] });
    expect(await outcomeOf(found)).toMatchObject({ code: "unavailable" });
    await clock.advance(50);
    expect(await outcomeOf(bought)).toMatchObject({ code: "deadline_exceeded" });
    await items.return?.();
    await first;
  });

  test("a name that nothing goes by is told at once", () => {
    expect(() => shelf({ calls: { "books/fnd": {} } })).toThrow(
      'There is no procedure "books/fnd" among the contracts of this client',
    );
    expect(() => shelf({ calls: { "book/": {} } })).toThrow('no procedure "book/"');
  });
});

describe("the budget of a client", () => {
  const options = { attempts: 3, firstMs: 200, capMs: 5_000 };
  const refused = new ConcordatError("unavailable", "Not now.");
  const lost = new ConcordatError("unavailable", "Gone.", { origin: "network" });

  function spent() {
    const clock = new FakeClock();
    const retries = new Retries(clock, () => 0.5);
    for (let count = 0; count < 10; count += 1) {
      expect(retries.waitMs(refused, 1, options, undefined)).toBe(100);
    }
    expect(retries.waitMs(refused, 1, options, undefined)).toBeUndefined();
    return { clock, retries };
  }

  test("is earned back by ten calls that go well", () => {
    const { retries } = spent();
    for (let count = 0; count < 9; count += 1) retries.succeeded();
    expect(retries.waitMs(refused, 1, options, undefined)).toBeUndefined();
    retries.succeeded();

    expect(retries.waitMs(refused, 1, options, undefined)).toBe(100);
  });

  test("is not asked for, nor spent, by calls that went down with their connection: they go at once", () => {
    const { retries } = spent();
    expect(retries.waitMs(lost, 1, options, undefined)).toBe(0);

    const other = new Retries(new FakeClock(), () => 0.5);
    for (let count = 0; count < 100; count += 1) other.waitMs(lost, 1, options, undefined);
    expect(other.waitMs(refused, 1, options, undefined)).toBe(100);
  });

  test("is not spent where the deadline comes first", () => {
    const clock = new FakeClock();
    const retries = new Retries(clock, () => 0.5);
    for (let count = 0; count < 20; count += 1) {
      expect(retries.waitMs(refused, 1, options, clock.now() + 100)).toBeUndefined();
    }

    expect(retries.waitMs(refused, 1, options, clock.now() + 101)).toBe(100);
  });
});
