/** A connection that is lost goes on: nothing lost, nothing twice. */
import {
  clientStream,
  type ConcordatError,
  defineContract,
  serverStream,
  unary,
} from "@concordat/core";
import {
  announce,
  bytesToValue,
  type Call,
  ClientSession,
  everyPart,
  DetachedLink,
  type Hello,
  helloToText,
  limitsWith,
  type Link,
  noMetadata,
  pump,
  type SessionEnd,
  valueToBytes,
  type Welcome,
} from "@concordat/core/internal";
import { FakeClock, type MemoryTransport, memoryTransports, settle } from "@concordat/testing";
import { Type } from "typebox";
import { afterEach, describe, expect, test } from "vitest";

import { createServer, implement, type Server } from "../src/index.ts";
import { later } from "./fixture/caller.ts";

const counting = defineContract("counting", {
  add: unary({ request: Type.Integer(), response: Type.Integer() }),
  count: serverStream({ request: Type.Integer(), response: Type.Integer() }),
  sum: clientStream({ request: Type.Integer(), response: Type.Integer() }),
});

const limits = limitsWith({ streamWindowBytes: 64, replayBytes: 4_096 });
let clock: FakeClock;
let server: Server;
let executed: number[];
let release: () => void;

function start(authenticate?: () => unknown): void {
  clock = new FakeClock();
  executed = [];
  const gate = new Promise<void>((resolve) => (release = resolve));
  server = createServer({
    clock,
    limits: { streamWindowBytes: 64, replayBytes: 4_096 },
    log: () => undefined,
    ...(authenticate === undefined ? {} : { authenticate }),
    services: [
      implement(counting, {
        handlers: {
          async add(n) {
            executed.push(n);
            await gate;
            return n + 1;
          },
          async *count(to) {
            for (let n = 0; n < to; n += 1) yield n;
          },
          async sum(items) {
            let total = 0;
            for await (const item of items) total += item;
            return total;
          },
        },
      }),
    ],
  });
}

interface Dialled {
  readonly session: ClientSession;
  readonly transport: MemoryTransport;
  readonly welcomes: { readonly welcome: Welcome; readonly isResumed: boolean }[];
  readonly ends: SessionEnd[];
  readonly goaways: number[];
}

/** A client that resumes, and does nothing with the answer. */
function raw({ link, token }: { readonly link: Link; readonly token: string }): {
  readonly transport: MemoryTransport;
  readonly texts: readonly { readonly session?: { readonly token: string } }[];
} {
  const [left, right] = memoryTransports();
  server.accept(left);
  const texts: { readonly session?: { readonly token: string } }[] = [];
  right.listen({
    message: (message) => {
      if (typeof message === "string") texts.push(JSON.parse(message) as object); // the server's own JSON
    },
    closed: () => undefined,
  });
  const { received } = link.replay;
  right.send(helloToText({ ...plainHello(), resume: { token, received } }, "abc"));
  return { transport: right, texts };
}

function plainHello(): Hello {
  return {
    wire: [1],
    encodings: ["msgpack"],
    client: {},
    contracts: [{ name: "counting", offers: counting.offers, optional: false }],
    auth: undefined,
    capabilities: ["resume"],
    limits: announce((name) => limits[name]),
  };
}

function dial(resume?: { readonly link: Link; readonly token: string }): Dialled {
  const [left, right] = memoryTransports();
  server.accept(left);
  const welcomes: Dialled["welcomes"] = [];
  const ends: SessionEnd[] = [];
  const goaways: number[] = [];
  const session = pump({
    transport: right,
    clock,
    limits,
    session: (port, now) =>
      new ClientSession({
        parts: everyPart(),
        hello: plainHello(),
        grease: "abc",
        limits,
        port,
        now,
        ...(resume === undefined ? {} : { resume }),
        ear: {
          welcome: (welcome, isResumed) => welcomes.push({ welcome, isResumed }),
          goaway: (withinMs) => goaways.push(withinMs),
          expiry: () => undefined,
          notice: () => undefined,
          notification: (received) => received.done(),
          ended(end) {
            ends.push(end);
            return undefined;
          },
        },
      }),
  });
  return { session, transport: right, welcomes, ends, goaways };
}

function open(
  session: Pick<ClientSession, "request">,
  procedure: string,
  callKind: Call["kind"],
  request: unknown,
): Call {
  return session.request(
    {
      callKind,
      procedure: `counting/${procedure}`,
      metadata: noMetadata,
      payload: valueToBytes(request),
      deadline: undefined,
    },
    clock.now(),
  );
}

interface Heard {
  readonly items: unknown[];
  end: unknown;
  error: ConcordatError | undefined;
}

function listen(call: Call, consume = true): Heard {
  const heard: Heard = { items: [], end: undefined, error: undefined };
  call.listen({
    leading: () => undefined,
    item(payload) {
      heard.items.push(bytesToValue(payload, limits));
      if (consume) call.consumed(payload.length);
    },
    finished: (payload) =>
      (heard.end = payload === undefined ? "end" : bytesToValue(payload, limits)),
    failed: (error) => (heard.error = error),
    writable: () => undefined,
  });
  return heard;
}

/** What may go on after the end of a connection. */
function survivorOf({ ends }: Dialled): { readonly link: Link; readonly token: string } {
  const survivor = ends[0]?.survivor;
  if (survivor === undefined) throw new Error("nothing survived");
  return survivor;
}

/** Cuts a connection and keeps its calls, as a client does that will come back. */
async function cut(dialled: Dialled): Promise<{ link: Link; token: string }> {
  dialled.transport.cut();
  await settle();
  const survivor = survivorOf(dialled);
  const detached = new DetachedLink({
    link: survivor.link,
    clock,
    graceMs: 30_000,
    expired: () => undefined,
  });
  await settle();
  const link = detached.take();
  if (link === undefined) throw new Error("nothing to resume");
  return { link, token: survivor.token };
}

afterEach(async () => {
  const closed = server.close({ withinMs: 0 });
  await clock.advance(100_000);
  await closed;
  if (clock.waiting > 0) throw new Error(`${clock.waiting} timers were left behind.`);
});

test("a call in flight when the connection is cut is executed once and answered on the next connection", async () => {
  start();
  const first = dial();
  const heard = listen(open(first.session, "add", "unary", 1));
  await settle();

  const second = dial(await cut(first));
  await settle();
  release();
  await settle();

  expect(second.welcomes[0]?.isResumed).toBe(true);
  expect(heard).toEqual({ items: [], end: 2, error: undefined });
  expect(executed).toEqual([1]);
});

test("a request that never arrived is sent again, and one that did is not", async () => {
  start();
  const first = dial();
  await settle();
  const arrived = listen(open(first.session, "add", "unary", 1));
  await settle();
  first.transport.cut(); // before the turn ends: the next request is queued, and never leaves
  const survivor = survivorOf(first);
  const lost = listen(open(survivor.link, "add", "unary", 2));

  const second = dial({ link: survivor.link, token: survivor.token });
  await settle();
  release();
  await settle();

  expect(second.welcomes[0]?.isResumed).toBe(true);
  expect([arrived.end, lost.end]).toEqual([2, 3]);
  expect(executed).toEqual([1, 2]);
});

test("a stream goes on where it was cut: every item once, in order", async () => {
  start();
  let current = dial();
  const heard = listen(open(current.session, "count", "serverStream", 500));
  for (let cuts = 0; cuts < 5; cuts += 1) {
    // A few turns only, so that the cut finds items under way.
    for (let turn = 0; turn < 7 + cuts * 3; turn += 1) await Promise.resolve();
    const survivor = await cut(current);
    current = dial(survivor);
    await settle();
    expect(current.welcomes[0]?.isResumed).toBe(true);
  }
  for (let turn = 0; turn < 100; turn += 1) await settle();

  expect(heard.items).toEqual(Array.from({ length: 500 }, (_, n) => n));
  expect(heard.end).toBe("end");
});

test("a welcome that is lost on its way costs the session nothing: its client comes back with the token that it has", async () => {
  start();
  const first = dial();
  const heard = listen(open(first.session, "count", "serverStream", 300));
  await settle();
  const survivor = await cut(first);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const lost = raw(survivor);
    await settle();
    expect(lost.texts).toMatchObject([{ concordat: "welcome", session: { received: 1 } }]);
    lost.transport.cut();
    await settle();
  }
  const last = dial(survivor);
  for (let turn = 0; turn < 100; turn += 1) await settle();

  expect(last.welcomes).toMatchObject([{ isResumed: true }]);
  expect(heard.items).toEqual(Array.from({ length: 300 }, (_, n) => n));
  expect(heard.end).toBe("end");
});

test("a client that has read the welcome, and was lost before it could say so, comes back with the new token", async () => {
  start();
  const first = dial();
  const heard = listen(open(first.session, "add", "unary", 1));
  await settle();
  const survivor = await cut(first);
  const lost = raw(survivor);
  await settle();
  const [{ session } = {}] = lost.texts;
  lost.transport.cut();
  await settle();
  const third = dial({ link: survivor.link, token: String(session?.token) });
  await settle();
  release();
  await settle();

  expect(third.welcomes).toMatchObject([{ isResumed: true }]);
  expect(heard.end).toBe(2);
  const thief = dial(survivor);
  await settle();
  expect(thief.welcomes).toMatchObject([{ isResumed: false }]);
});

test("a token resumes once", async () => {
  start();
  const first = dial();
  await settle();
  const survivor = await cut(first);

  dial(survivor);
  await settle();
  const thief = dial({ link: survivor.link, token: survivor.token });
  await settle();

  expect(thief.welcomes[0]?.isResumed).toBe(false);
});

test("a session that is resumed while its old connection still looks alive takes it over with 4423", async () => {
  start();
  const first = dial();
  const heard = listen(open(first.session, "add", "unary", 1));
  await settle();
  const token = first.welcomes[0]?.welcome.session?.token ?? "";
  const link = first.ends[0]?.survivor?.link;
  expect(link).toBeUndefined();

  // The client has lost its side and the server has not noticed: only the client's end is gone.
  first.session.closed(1006, "");
  const survivor = survivorOf(first);
  const second = dial({ link: survivor.link, token });
  await settle();
  release();
  await settle();

  expect(second.welcomes[0]?.isResumed).toBe(true);
  expect(heard.end).toBe(2);
  expect(server.load.connections).toBe(1);
});

test("a session ends when nobody comes back within its grace period: its handlers are told", async () => {
  start();
  const first = dial();
  listen(open(first.session, "add", "unary", 1));
  await settle();
  const survivor = await cut(first);

  await clock.advance(31_000);
  const late = dial(survivor);
  await settle();

  expect(late.welcomes[0]?.isResumed).toBe(false);
  expect(server.load.calls).toBe(0);
});

test("a session does not go on for another principal", async () => {
  let principal = "ada";
  start(() => principal);
  const first = dial();
  await settle();
  const survivor = await cut(first);

  principal = "bob";
  const second = dial(survivor);
  await settle();

  expect(second.welcomes[0]?.isResumed).toBe(false);
});

test("an attempt to resume that is lost while its credentials are looked at costs the session nothing", async () => {
  const principal = later<string>();
  const answers: unknown[] = ["ada", principal.promise, "ada"];
  start(() => answers.shift());
  const first = dial();
  const heard = listen(open(first.session, "add", "unary", 1));
  await settle();
  const survivor = await cut(first);
  const lost = dial(survivor);
  await settle();
  lost.transport.cut();
  principal.settle("ada");
  await settle();
  const third = dial(survivor);
  await settle();
  release();
  await settle();

  expect(third.welcomes).toMatchObject([{ isResumed: true }]);
  expect(heard.end).toBe(2);
});

/** Whether a promise has settled. */
async function isDone(promise: Promise<void>): Promise<boolean> {
  let done = false;
  void promise.then(() => (done = true));
  await settle();
  return done;
}

describe("a server that drains", () => {
  test("lets a client that was lost while its calls ran come back to them, asks it to leave at once, and waits for it", async () => {
    start();
    const first = dial();
    const heard = listen(open(first.session, "add", "unary", 1));
    await settle();
    const drained = server.drain({ withinMs: 20_000 });
    await clock.advance(0);
    expect(first.goaways).toHaveLength(1);
    const survivor = await cut(first);
    await clock.advance(3_000);
    expect(await isDone(drained)).toBe(false);
    const second = dial(survivor);
    await settle();
    expect(second.welcomes).toMatchObject([{ isResumed: true }]);
    await clock.advance(0);
    expect(second.goaways).toEqual([17_000]);
    release();
    await settle();
    expect(heard.end).toBe(2);
    second.session.close(1000, "");
    await clock.advance(50);

    expect(await isDone(drained)).toBe(true);
  });

  test("refuses who has no session here, and has calls end whose client does not come back within its window", async () => {
    start();
    const first = dial();
    listen(open(first.session, "add", "unary", 1));
    await settle();
    const survivor = await cut(first);
    const drained = server.drain({ withinMs: 20_000 });
    const stranger = dial({ link: survivor.link, token: "nobody's" });
    await settle();
    expect(stranger.ends).toMatchObject([{ code: 4503 }]);
    await clock.advance(19_999);
    expect(await isDone(drained)).toBe(false);
    await clock.advance(1);
    expect(await isDone(drained)).toBe(true);
    const late = dial(survivor);
    await settle();

    expect(late.ends).toMatchObject([{ code: 4503 }]);
  });

  test("and that close() overtakes waits for nobody any more: calls end whose client has not come back", async () => {
    start();
    const first = dial();
    listen(open(first.session, "add", "unary", 1));
    await settle();
    await cut(first);
    const drained = server.drain({ withinMs: 20_000 });
    const closed = server.close({ withinMs: 1_000 });
    await clock.advance(1_000);

    expect(await isDone(closed)).toBe(true);
    expect(await isDone(drained)).toBe(true);
    expect(clock.waiting).toBe(0);
  });

  test("does not wait for clients that left nothing behind", async () => {
    start();
    const first = dial();
    await settle();
    await cut(first);

    expect(await isDone(server.drain({ withinMs: 20_000 }))).toBe(true);
  });

  test("begins no new session for whoever comes back as another caller", async () => {
    let principal = "ada";
    start(() => principal);
    const first = dial();
    listen(open(first.session, "add", "unary", 1));
    await settle();
    const survivor = await cut(first);
    const drained = server.drain({ withinMs: 1_000 });
    principal = "bob";
    const thief = dial(survivor);
    await settle();
    expect(thief.welcomes).toEqual([]);
    expect(thief.ends).toMatchObject([{ code: 4503 }]);
    principal = "ada";
    const owner = dial(survivor);
    await settle();
    expect(owner.welcomes).toMatchObject([{ isResumed: true }]);
    await clock.advance(1_000);

    expect(await isDone(drained)).toBe(true);
  });
});
