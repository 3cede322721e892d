/** A link that waits for its next connection: it keeps its calls and its deadlines, and gives up in time. */
import { FakeClock, settle } from "@concordat/testing";
import { expect, test } from "vitest";
import type { Link } from "../../src/call/link.ts";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import { DetachedLink } from "../../src/session/detached-link.ts";
import type { Frame, RequestFrame } from "../../src/wire/frame.ts";
import { nil } from "../../src/wire/frame.ts";
import { framesFromBytes } from "../../src/wire/frame-bytes.ts";
import { limitsWith } from "../../src/wire/limits.ts";
import { valueToBytes } from "../../src/wire/values.ts";
import { request, ScriptedClient } from "./scripted-client.ts";

/** A server's link with two calls, whose connection was cut. */
function lost(timeoutMs = 0): ReturnType<typeof lostWith> {
  const client = new ScriptedClient({ replayBytes: 1_000 });
  return lostWith(client, { ...request(1), timeoutMs }, request(2));
}

/** A server's link with some calls, whose connection was cut. */
async function lostWith(
  client: ScriptedClient,
  ...requests: readonly RequestFrame[]
): Promise<{ readonly client: ScriptedClient; readonly link: Link }> {
  await client.open({ session: { token: "t", graceMs: 1_000 } });
  await client.send(...requests);
  client.pipe.cut();
  await settle();
  const link = client.ended[0]?.survivor;
  if (link === undefined) throw new Error("nothing survived");
  return { client, link };
}

/** One that waits for a second at most, and whose credentials end at that time: when it was over. */
async function lostUntil(until: number): Promise<{
  readonly detached: DetachedLink;
  readonly clock: FakeClock;
  readonly expired: readonly number[];
}> {
  const { link } = await lost();
  const clock = new FakeClock(0);
  const expired: number[] = [];
  const detached = new DetachedLink({
    link,
    clock,
    graceMs: 1_000,
    until,
    expired: () => expired.push(clock.now()),
  });
  return { detached, clock, expired };
}

const silent = {
  pending: () => undefined,
  kindOf: () => undefined,
  request: () => undefined,
  notification: () => undefined,
  session: () => undefined,
};

test("what is answered meanwhile waits for the next connection", async () => {
  const { client, link } = await lost();
  const clock = new FakeClock();
  const detached = new DetachedLink({ link, clock, graceMs: 1_000, expired: () => undefined });
  client.calls[0]?.call.respond(nil);
  const taken = detached.take();

  expect(taken).toBe(link);
  expect(clock.waiting).toBe(0);
  expect(link.resume(0, silent)).toBe(true);
  const frames: Frame[] = link
    .takeMessages()
    .flatMap((each) => framesFromBytes(each, limitsWith()));
  expect(frames.filter(({ kind }) => kind === "response").map(({ id }) => id)).toEqual([1]);
});

test("small frames that wait share messages: by itself each would take fifty times its length", async () => {
  const { link } = await lost();
  const clock = new FakeClock();
  const detached = new DetachedLink({ link, clock, graceMs: 1_000, expired: () => undefined });
  for (let item = 0; item < 200; item += 1) link.emit({ kind: "item", id: 1, payload: nil });
  detached.take();

  expect(link.resume(0, silent)).toBe(true);
  const messages = link.takeMessages();
  expect(messages.length).toBeLessThan(5);
  expect(messages.flatMap((each) => framesFromBytes(each, limitsWith()))).toHaveLength(200);
});

test("all that the streams of a connection may send is kept with its heads, where no limit was changed", async () => {
  const streams = [1, 2, 3, 4, 5].map((id) => request(id, "orders/watch"));
  const { client, link } = await lostWith(new ScriptedClient(), ...streams);
  const expired: Link[] = [];
  const detached = new DetachedLink({
    link,
    clock: new FakeClock(),
    graceMs: 1_000,
    expired: (each) => expired.push(each),
  });
  const item = valueToBytes("A-1 sold");
  for (const { call } of client.calls) while (call.canSend) call.sendItem(item);

  expect(link.credit?.isOpen).toBe(false);
  expect(expired).toEqual([]);
  expect(detached.take()?.resume(0, silent)).toBe(true);
});

test("nobody comes: it is over after its grace period, once, and cannot be taken any more", async () => {
  const { link } = await lost();
  const clock = new FakeClock();
  const expired: Link[] = [];
  const detached = new DetachedLink({
    link,
    clock,
    graceMs: 1_000,
    expired: (each) => expired.push(each),
  });
  await clock.advance(999);
  expect(expired).toEqual([]);
  await clock.advance(1);

  expect(expired).toEqual([link]);
  expect(detached.take()).toBeUndefined();
  expect(clock.waiting).toBe(0);
});

test("time in which this process did not run is not the peer's: it could not come back", async () => {
  const { link } = await lost();
  const clock = new FakeClock();
  const expired: Link[] = [];
  const detached = new DetachedLink({
    link,
    clock,
    graceMs: 1_000,
    expired: (each) => expired.push(each),
  });
  await clock.sleep(3_600_000); // or somebody set the clock
  expect(expired).toEqual([]);
  expect(detached.take()).toBe(link);
});

test("it is taken once", async () => {
  const { link } = await lost();
  const clock = new FakeClock();
  const expired: Link[] = [];
  const detached = new DetachedLink({
    link,
    clock,
    graceMs: 1_000,
    expired: (each) => expired.push(each),
  });

  expect([detached.take(), detached.take()]).toEqual([link, undefined]);
  await clock.advance(2_000);
  expect(expired).toEqual([]);
});

test("deadlines pass while nobody is connected", async () => {
  const { client, link } = await lost(100);
  const clock = new FakeClock(client.clock.now());
  const detached = new DetachedLink({ link, clock, graceMs: 1_000, expired: () => undefined });
  await clock.advance(100);

  expect(client.calls.map(({ ear }) => ear.told)).toEqual([["failed deadline_exceeded"], []]);
  expect(detached.take()).toBe(link);
});

test("a handler that answers more than is kept ends the wait", async () => {
  const { client, link } = await lost();
  const clock = new FakeClock();
  const expired: Link[] = [];
  const detached = new DetachedLink({
    link,
    clock,
    graceMs: 1_000,
    expired: (each) => expired.push(each),
  });
  client.calls[0]?.call.respond(valueToBytes("x".repeat(2_000)));
  client.calls[1]?.call.fail(new ConcordatError("aborted", "Lost."));

  expect(expired).toEqual([link]);
  expect(detached.take()).toBeUndefined();
  expect(clock.waiting).toBe(0);
});

test("it is over when its credentials are, at that very time, whatever is said of a later one", async () => {
  const { detached, clock, expired } = await lostUntil(800);
  detached.endBy(100);
  detached.endBy(700);
  await clock.advance(99);
  expect(expired).toEqual([]);
  await clock.advance(1);

  expect(expired).toEqual([100]);
  expect(detached.take()).toBeUndefined();
  expect(clock.waiting).toBe(0);
});

test("where its credentials were known to end before its grace period does, it is over with them", async () => {
  const { detached, clock, expired } = await lostUntil(330);
  await clock.advance(1_000);

  expect(expired).toEqual([330]);
  expect(detached.take()).toBeUndefined();
});

test("more than is kept ends the wait also behind an answer that is kept", async () => {
  const { client, link } = await lost();
  const expired: Link[] = [];
  const detached = new DetachedLink({
    link,
    clock: new FakeClock(),
    graceMs: 1_000,
    expired: (each) => expired.push(each),
  });
  client.calls[0]?.call.respond(valueToBytes("x".repeat(100)));
  expect(expired).toEqual([]);
  client.calls[1]?.call.respond(valueToBytes("x".repeat(2_000)));

  expect(expired).toEqual([link]);
  expect(detached.take()).toBeUndefined();
});

test("the first answer counts as sent at once: who looks then knows that the other side lacks something", async () => {
  const { client, link } = await lost();
  const clock = new FakeClock();
  const detached = new DetachedLink({ link, clock, graceMs: 1_000, expired: () => undefined });
  expect(link.replay.isConfirmed).toBe(true);
  client.calls[0]?.call.respond(nil);

  expect(link.replay.isConfirmed).toBe(false);
  expect(detached.take()).toBe(link);
});

test("one that was taken is nobody's concern any more, also where its credentials are said to end sooner", async () => {
  const { link } = await lost();
  const clock = new FakeClock();
  const detached = new DetachedLink({ link, clock, graceMs: 1_000, expired: () => undefined });
  detached.take();
  detached.endBy(clock.now() + 500);

  expect(clock.waiting).toBe(0);
});
