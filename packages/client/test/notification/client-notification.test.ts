/** What a client tells the server: handled once, never answered, and told to its sender only as far as it left. */
import { getEventListeners } from "node:events";
import { ConcordatError } from "@concordat/core";
import { announce, bytesToValue, limitsWith, type Welcome } from "@concordat/core/internal";
import { memoryWebSocket, type ScriptedPeer, settle } from "@concordat/testing";
import { expect, test } from "vitest";

import { news, newsStage } from "../fixture/news-stage.ts";
import { outcomeOf, stage } from "../fixture/stage.ts";

/** A welcome after which one notification may leave, and no other before its credit comes back. */
const narrow: Partial<Welcome> = {
  limits: announce((name) => limitsWith({ streamWindowBytes: 1 })[name]),
};

function jobsOf(peer: ScriptedPeer): readonly unknown[] {
  return peer.heard("notification").map(({ payload }) => bytesToValue(payload, limitsWith()));
}

test("a notification dials, is handed over, and is handled", async () => {
  const { client, seen } = newsStage();

  expect(await outcomeOf(client().news.seen({ id: "o-1" }))).toBe(undefined);
  expect(seen).toEqual(["o-1"]);
});

test("several are handled in the order in which they were sent, also beside calls", async () => {
  const { client, seen } = newsStage({
    ask() {
      seen.push("ask");
      return null;
    },
  });
  const {
    news: { seen: tell, ask },
  } = client();
  await Promise.all([tell({ id: "1" }), tell({ id: "2" }), ask({}), tell({ id: "3" })]);
  await settle();

  expect(seen).toEqual(["1", "2", "ask", "3"]);
});

test("a handler that fails is the log's to hear: its sender heard that it left, and goes on", async () => {
  const { client, seen, log } = newsStage({
    seen({ id }) {
      if (id === "bad") throw new Error("secret");
      if (id === "no") throw new ConcordatError("permission_denied", "Not yours.");
      seen.push(id);
    },
  });
  const { seen: tell } = client().news;
  for (const id of ["bad", "no", "good"]) await tell({ id });
  await settle();

  expect(seen).toEqual(["good"]);
  expect(log.filter(({ event }) => event !== "connection-ended")).toMatchObject([
    { level: "error", event: "handler-failed", procedure: "news/seen" },
    { level: "info", event: "notification-refused", message: "permission_denied: Not yours." },
  ]);
});

test("a message that does not match is refused before anything is sent", async () => {
  const { client, pipes } = newsStage();
  // What a caller without a compiler may send.
  const wrong = { id: 1 } as unknown as { id: string };

  expect(await outcomeOf(client().news.seen(wrong))).toMatchObject({
    code: "invalid_argument",
    rawMessage: "The request does not match news/seen: at /id it is not a string.",
  });
  expect(pipes).toEqual([]);
});

test("middleware runs around it, with the sender's metadata and a place to hand things on", async () => {
  const around: unknown[] = [];
  const { client } = newsStage(
    { seen: (_message, { deadline, metadata }) => void around.push({ deadline, metadata }) },
    {
      middleware: [
        async (context, next) => {
          around.push(context.procedure);
          context.setTrailing({ nobody: "hears" });
          await next();
          context.sendLeading({ nobody: "hears" });
          around.push("after");
        },
      ],
    },
  );
  await client().news.seen({ id: "1" }, { metadata: { trace: "t-1" } });
  await settle();

  expect(around).toEqual([
    "news/seen",
    { deadline: undefined, metadata: [["trace", "t-1"]] },
    "after",
  ]);
});

test("a server whose handlers do not end bounds its clients: what they send waits, and goes on", async () => {
  let release: (() => void) | undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const { client, seen } = newsStage(
    {
      async seen({ id }) {
        seen.push(id);
        await gate;
      },
    },
    { limits: { streamWindowBytes: 500 } },
  );
  const { seen: tell } = client().news;
  const told = Array.from({ length: 4 }, (_, at) => tell({ id: `${at}` }));
  await settle();
  expect(seen).toEqual(["0", "1"]);
  expect(await outcomeOf(told[1] ?? gate)).toBe(undefined);
  expect(await outcomeOf(told[2] ?? gate)).toBe("pending");

  release?.();
  await Promise.all(told);
  await settle();
  expect(seen).toEqual(["0", "1", "2", "3"]);
});

test("one that waits ends with its deadline, its signal, or for want of room, and is never sent", async () => {
  const gate = new Promise<void>(() => undefined);
  const { client, seen, clock } = newsStage(
    {
      async seen({ id }) {
        seen.push(id);
        await gate;
      },
    },
    { limits: { streamWindowBytes: 1 } },
  );
  const { seen: tell } = client({ limits: { callsInFlight: 2 } }).news;
  await tell({ id: "stuck" });
  const abort = new AbortController();
  const late = tell({ id: "late" }, { timeoutMs: 50 });
  const aborted = tell({ id: "aborted" }, { signal: abort.signal });

  expect(await outcomeOf(tell({ id: "crowded" }))).toMatchObject({
    code: "resource_exhausted",
    rawMessage: "news/seen was not sent: 2 notifications wait for the server already.",
    notExecuted: true,
  });
  abort.abort("changed my mind");
  expect(await outcomeOf(aborted)).toMatchObject({ code: "cancelled", cause: "changed my mind" });
  await clock.advance(50);
  expect(await outcomeOf(late)).toMatchObject({
    code: "deadline_exceeded",
    rawMessage: "news/seen could not be sent within 50 ms.",
  });
  expect(await outcomeOf(tell({ id: "x" }, { signal: AbortSignal.abort() }))).toMatchObject({
    code: "cancelled",
  });
  expect(seen).toEqual(["stuck"]);
});

test("one that has ended while it waited for credit is not sent when the credit comes", async () => {
  const { client, clock, welcome } = stage({ contracts: { news } });
  const { stop } = client.news.jobs;
  const abort = new AbortController();
  void stop(1);
  const late = stop(2, { timeoutMs: 50 });
  const aborted = stop(3, { signal: abort.signal });
  void stop(4, { timeoutMs: 60_000 });
  const peer = await welcome(narrow);
  await clock.advance(50);
  abort.abort();
  expect(await outcomeOf(late)).toMatchObject({ code: "deadline_exceeded" });
  expect(await outcomeOf(aborted)).toMatchObject({ code: "cancelled" });
  peer.send({ kind: "notificationCredit", id: 0, bytes: 100_000 });
  await settle();

  expect(jobsOf(peer)).toEqual([1, 4]);
});

test("as many may wait for a connection as calls, and one that has ended leaves its room to another", async () => {
  const { client, clock, welcome } = stage({ contracts: { news }, limits: { callsInFlight: 2 } });
  const { stop } = client.news.jobs;
  const late = stop(1, { timeoutMs: 50 });
  void stop(2);
  expect(await outcomeOf(stop(3))).toMatchObject({ code: "resource_exhausted" });
  await clock.advance(50);
  expect(await outcomeOf(late)).toMatchObject({ code: "deadline_exceeded" });
  void stop(4);
  const peer = await welcome();
  await settle();

  expect(jobsOf(peer)).toEqual([2, 4]);
});

test("one whose options cannot be is refused, and nothing dials for it", async () => {
  const { client, upgrades } = stage({ contracts: { news } });
  const { stop } = client.news.jobs;
  // What a caller without a compiler may give.
  const signal = {} as AbortSignal;
  const told = [
    stop(1, { timeoutMs: Number.NaN }),
    stop(1, { metadata: { "not a key": "x" } }),
    stop(1, { signal }),
  ];

  for (const each of told)
    expect(await outcomeOf(each)).toMatchObject({ code: "invalid_argument" });
  expect(upgrades).toHaveLength(0);
});

test("one that has left leaves nothing behind: no timer, and no listener on its signal", async () => {
  const { client, clock, welcome } = stage({ contracts: { news } });
  const { signal } = new AbortController();
  const told = client.news.jobs.stop(1, { timeoutMs: 60_000, signal });
  await welcome();
  await told;
  const { waiting } = clock;
  await client.news.jobs.stop(2, { timeoutMs: 60_000, signal });

  expect(clock.waiting).toBe(waiting);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("what was handed over before a cut is handled once, what is sent during it on the next connection", async () => {
  const { client, seen, pipes, clock } = newsStage();
  const telling = client();
  const { seen: tell } = telling.news;
  await telling.connect();
  await tell({ id: "before" });
  pipes[0]?.cut(); // whether it had arrived or not
  await settle();
  const during = tell({ id: "during" });
  expect(await outcomeOf(during)).toBe("pending");
  await clock.advance(1_000);

  expect(await outcomeOf(during)).toBe(undefined);
  expect(seen).toEqual(["before", "during"]);
});

test("one that waits for credit when its session is gone for good goes out on the next one", async () => {
  const made = stage({ contracts: { news } });
  const { client, welcome, untilDial } = made;
  const first = client.news.seen({ id: "1" });
  const peer = await welcome({
    limits: announce((name) => (name === "streamWindowBytes" ? 1 : limitsWith()[name])),
  });
  expect(await outcomeOf(first)).toBe(undefined);
  const second = client.news.seen({ id: "2" });
  expect(await outcomeOf(second)).toBe("pending");
  peer.close(1012, "restart"); // this server kept no session
  await untilDial();
  const next = await welcome();

  expect(await outcomeOf(second)).toBe(undefined);
  expect(next.frames.filter(({ kind }) => kind === "notification")).toHaveLength(1);
});

test("a release without it fails the act alone, before bytes are sent", async () => {
  const older = {
    ...news,
    offers: [{ release: "1.0.0", fingerprint: news.draft.fingerprint, lacks: { seen: "1.1.0" } }],
  };
  const { client, welcome } = stage({ contracts: { news: older } });
  const told = client.news.seen({ id: "1" });
  const stop = client.news.jobs.stop(1);
  const peer = await welcome();

  expect(await outcomeOf(told)).toMatchObject({ code: "unimplemented" });
  expect(await outcomeOf(stop)).toBe(undefined);
  expect(peer.frames.map(({ kind }) => kind)).toEqual(["notification"]);
});

test("a client that was closed says so", async () => {
  const { client } = newsStage();
  const closed = client({ WebSocket: memoryWebSocket(() => undefined) });
  const waiting = closed.news.seen({ id: "1" });
  await settle();
  await closed.close();

  expect(await outcomeOf(waiting)).toMatchObject({ code: "cancelled" });
  expect(await outcomeOf(closed.news.seen({ id: "2" }))).toMatchObject({ code: "cancelled" });
});

test("what waited for credit when its session was lost goes out before what was told after, each in its order", async () => {
  const { client, clock, welcome } = stage({ contracts: { news } });
  const { stop } = client.news.jobs;
  for (const job of [1, 2, 3]) void stop(job);
  const first = await welcome(narrow);
  await settle();
  expect(jobsOf(first)).toEqual([1]);
  first.cut();
  await settle();
  for (const job of [4, 5]) void stop(job);
  await clock.advance(1_000);
  const second = await welcome();
  await settle();

  expect(jobsOf(second)).toEqual([2, 3, 4, 5]);
});

test("what waits for credit when the server says that it leaves goes to the next connection, before what was told after", async () => {
  const { client, welcome } = stage({ contracts: { news } });
  const { ask, jobs } = client.news;
  ask({}).catch(() => undefined); // keeps the first connection busy
  for (const job of [1, 2, 3]) void jobs.stop(job);
  const first = await welcome(narrow);
  await settle();
  first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
  await settle();
  void jobs.stop(4);
  const second = await welcome();
  await settle();
  first.send({ kind: "notificationCredit", id: 0, bytes: 100_000 });
  await settle();

  expect(jobsOf(first)).toEqual([1]);
  expect(jobsOf(second)).toEqual([2, 3, 4]);
});
