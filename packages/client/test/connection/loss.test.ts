/** A connection that is lost, or never came: what becomes of calls, and when the next is made. */
import { ConcordatError, type ServerOutdatedError } from "@concordat/core";
import { refusal } from "@concordat/core/internal";
import { settle } from "@concordat/testing";
import { expect, test } from "vitest";
import { order } from "../fixture/shop.ts";
import { ignore, outcomeOf, stage } from "../fixture/stage.ts";

const behind = refusal("server-behind", {
  message: "The server has to be updated.",
  contract: "shop",
  supported: { newest: "1.0.0" },
});

test("a lost connection fails the open calls as unknown, and sends the waiting ones on the next", async () => {
  const { client, welcome, clock, states } = stage();
  const open = client.shop.place(order);
  const first = await welcome();
  first.close(4503);
  expect(await outcomeOf(open)).toMatchObject({ code: "unavailable", origin: "network" });
  const waiting = client.shop.place(order);
  expect(states).toEqual(["connecting", "greeting", "ready", "waiting"]);

  await clock.advance(1_000);
  const second = await welcome();
  second.respond(1, { id: "o-2" });
  expect(await outcomeOf(waiting)).toEqual({ id: "o-2" });
});

test("an early call is failed as unknown where the connection is cut before the welcome", async () => {
  const { client, accept } = stage();
  const answer = client.shop.place(order);
  const peer = await accept();
  peer.cut();

  expect(await outcomeOf(answer)).toMatchObject({ code: "unavailable", origin: "network" });
});

test("an early call is made again where the server said no instead of welcome", async () => {
  const { client, accept, clock } = stage();
  const answer = client.shop.place(order);
  const draining = refusal("draining", { message: "This instance goes away." });
  (await accept()).reject(draining);
  expect(await outcomeOf(answer)).toBe("pending");

  await clock.advance(1_000);
  const peer = await accept();
  expect(peer.heard("request")).toHaveLength(1);
  peer.welcome();
  peer.respond(1, { id: "o-1" });
  expect(await outcomeOf(answer)).toEqual({ id: "o-1" });
});

test("a call may fail instead of waiting for a connection", async () => {
  const { client, upgrade } = stage({ whenDisconnected: "fail" });
  const first = client.shop.place(order);
  (await upgrade()).fail();
  expect(await outcomeOf(first)).toMatchObject({ code: "unavailable", origin: "network" });

  expect(await outcomeOf(client.shop.place(order))).toMatchObject({ code: "unavailable" });
  expect(await outcomeOf(client.shop.place(order))).toBeInstanceOf(ConcordatError);
});

test("calls that do not wait for a connection say each that the server is behind", async () => {
  const { client, accept } = stage({ whenDisconnected: "fail" });
  const first = client.shop.place(order);
  (await accept()).reject(behind);

  expect(await outcomeOf(first)).toMatchObject({ name: "ServerOutdatedError" });
  expect(await outcomeOf(client.shop.place(order))).toMatchObject({ name: "ServerOutdatedError" });
});

test("calls that do not wait for a connection are made on the next one when the server asks to leave, whatever failed before the last welcome", async () => {
  const { client, upgrade, welcome, untilDial } = stage({ whenDisconnected: "fail" });
  const first = client.shop.place(order);
  (await upgrade()).fail();
  expect(await outcomeOf(first)).toMatchObject({ code: "unavailable" });
  await untilDial();
  const before = await welcome();
  before.send({ kind: "goaway", id: 0, withinMs: 20_000 });
  await settle();
  const answer = client.shop.place(order);
  await untilDial();
  const peer = await welcome();
  peer.respond(1, { id: "o-1" });

  expect(await outcomeOf(answer)).toEqual({ id: "o-1" });
});

test("as many calls wait for a connection as one takes: more are refused at once, and connect() is not", async () => {
  const { client, upgrade, welcome } = stage({ limits: { callsInFlight: 2 } });
  const waiting = [client.shop.place(order), client.shop.place(order)];
  (await upgrade()).fail();
  await settle();

  expect(await outcomeOf(client.shop.place(order))).toMatchObject({
    code: "resource_exhausted",
    rawMessage: "No more calls than 2 may wait for a connection; wait for one to end.",
    notExecuted: true,
  });
  const connected = client.connect();
  const peer = await welcome();
  await connected;
  peer.respond(1, { id: "o-1" });
  peer.respond(2, { id: "o-2" });
  expect(await Promise.all(waiting)).toEqual([{ id: "o-1" }, { id: "o-2" }]);
});

test("a server that is behind is told at once, again when its range changes, and tried on", async () => {
  const { client, accept, untilDial, upgrades } = stage();
  const told: ServerOutdatedError[] = [];
  client.on("serverOutdated", (error) => told.push(error));
  const answer = client.shop.place(order);
  (await accept()).reject(behind);
  await settle();
  expect(told).toMatchObject([{ closeCode: 4526, mustMove: "server" }]);
  expect(await untilDial()).toBe(1_500);
  (await accept()).reject(behind);
  await settle();
  expect(told).toHaveLength(1);
  expect(await untilDial()).toBe(2_500);
  (await accept()).reject({ ...behind, supported: { newest: "1.1.0" } });
  await settle();
  expect(told).toHaveLength(2);
  expect(await outcomeOf(answer)).toBe("pending");

  expect(await untilDial()).toBe(4_500);
  const peer = await accept();
  peer.welcome();
  peer.respond(1, { id: "o-1" });
  expect(await outcomeOf(answer)).toEqual({ id: "o-1" });
  expect(upgrades).toHaveLength(4);
});

test("calls that wait for a newer server are given up after a while, and so are later ones", async () => {
  const { client, accept, clock, untilDial } = stage({ serverOutdatedAfterMs: 5_000 });
  const answer = client.shop.place(order);
  (await accept()).reject(behind);
  await settle();
  const waited = await untilDial();
  (await accept()).reject(behind);
  await clock.advance(4_999 - waited);
  const meanwhile = client.shop.place(order);
  expect(await outcomeOf(answer)).toBe("pending");
  expect(await outcomeOf(meanwhile)).toBe("pending");
  await clock.advance(1);

  expect(await outcomeOf(answer)).toMatchObject({ name: "ServerOutdatedError" });
  expect(await outcomeOf(meanwhile)).toMatchObject({ name: "ServerOutdatedError" });
  expect(await outcomeOf(client.shop.place(order))).toMatchObject({ name: "ServerOutdatedError" });
  expect(client.state).not.toBe("refused");
});

test("an idle connection that the server closes is dialled again at the next call", async () => {
  const { client, welcome, clock, upgrades } = stage();
  client.connect().catch(ignore);
  (await welcome()).close(4510);
  await clock.advance(3_600_000);
  expect(client.state).toBe("idle");
  expect(upgrades).toHaveLength(1);

  const answer = client.shop.place(order);
  (await welcome()).respond(1, { id: "o-1" });
  expect(await outcomeOf(answer)).toEqual({ id: "o-1" });
});

test("a silent connection is given up after two intervals, and replaced", async () => {
  const { client, welcome, clock } = stage();
  client.connect().catch(ignore);
  const peer = await welcome();
  await clock.advance(49_999);
  expect(client.state).toBe("ready");

  await clock.advance(1);
  expect(peer.end).toMatchObject({ code: 4800 });
  await welcome();
  expect(client.state).toBe("ready");
});

test("a server that takes the hello and says nothing is given up, and tried again", async () => {
  const { client, accept, clock } = stage();
  client.connect().catch(ignore);
  const silent = await accept();
  await clock.advance(5_000);

  expect(silent.end).toMatchObject({ code: 4800 });
  await clock.advance(1_000);
  await accept();
});

test("a server that welcomes nobody in time is waited for twice as long each time, up to eight times, until it does", async () => {
  const { client, accept, clock, untilDial, welcome } = stage();
  client.connect().catch(ignore);
  const waits: number[] = [];
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const silent = await accept();
    const since = clock.now();
    while (silent.end === undefined) await clock.advance(500);
    expect(silent.end).toMatchObject({ code: 4800 });
    waits.push(clock.now() - since);
    await untilDial();
  }
  expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 40_000]);
  (await welcome()).cut();
  await untilDial();
  const silent = await accept();
  await clock.advance(5_000);

  expect(silent.end).toMatchObject({ code: 4800 });
});

test("frames that break the protocol are answered with 4803; the third time within a minute stops", async () => {
  const { client, welcome, clock } = stage();
  const connected = client.connect();
  for (let strike = 1; strike <= 3; strike += 1) {
    const peer = await welcome();
    peer.bytes(Uint8Array.of(0xc1));
    await settle();
    expect(peer.end).toMatchObject({ code: 4803 });
    await clock.advance(2_000);
  }

  await connected;
  expect(client.state).toBe("refused");
  expect(await outcomeOf(client.shop.place(order))).toMatchObject({ code: "internal" });

  const again = client.connect();
  const peer = await welcome();
  await again;
  peer.bytes(Uint8Array.of(0xc1));
  await settle();
  expect(client.state).toBe("waiting");
});

test("a connection that has lasted is dialled again soon, however often the ones before it failed", async () => {
  const { client, upgrade, untilDial, welcome, clock } = stage();
  const connected = client.connect();
  for (let failure = 0; failure < 4; failure += 1) {
    (await upgrade()).fail();
    await settle();
    await untilDial();
  }
  const peer = await welcome();
  await connected;
  await clock.advance(10_000);
  peer.cut();
  await settle();

  expect(await untilDial()).toBe(500);
});

test("a server that is not behind any more ends the patience with it: the next time starts anew", async () => {
  const { client, accept, untilDial, clock, upgrades } = stage({ serverOutdatedAfterMs: 5_000 });
  const told: unknown[] = [];
  client.on("serverOutdated", (error) => told.push(error));
  client.connect().catch(ignore);
  (await accept()).reject(behind);
  await settle();
  await untilDial();
  const newer = await accept();
  newer.welcome();
  await settle();
  await clock.advance(4_000);
  newer.close(4503);
  await settle();
  const answer = client.shop.place(order);
  await untilDial();
  (await accept()).reject(behind);
  await clock.advance(1_000);

  expect(await outcomeOf(answer)).toBe("pending");
  expect(told).toHaveLength(2);
  await clock.advance(4_000);
  expect(await outcomeOf(answer)).toMatchObject({ name: "ServerOutdatedError" });
  expect(upgrades.length).toBeGreaterThan(3);
});

test("an early call that was given up is not waited for when the server said no", async () => {
  const { client, accept, upgrades, clock } = stage();
  const abort = new AbortController();
  const answer = client.shop.place(order, { signal: abort.signal });
  const peer = await accept();
  abort.abort();
  expect(await outcomeOf(answer)).toMatchObject({ code: "cancelled" });
  peer.reject(refusal("idle", { message: "Nothing to do." }));
  await settle();
  await clock.advance(60_000);

  expect(client.state).toBe("idle");
  expect(upgrades).toHaveLength(1);
});

test.each([4509, 4522])(
  "a session that the server answers with %i is given up, and its calls with it",
  async (code) => {
    const { client, welcome, accept, untilDial } = stage();
    const answer = client.shop.place(order);
    (await welcome({ session: { token: "t", graceMs: 3_600_000 } })).cut();
    await settle();
    await untilDial();
    const second = await accept();
    expect(second.hello.resume).toEqual({ token: "t", received: 0 });
    second.close(code);
    expect(await outcomeOf(answer)).toMatchObject({ code: "unavailable", origin: "network" });
    await untilDial();

    expect((await accept()).hello.resume).toBeUndefined();
  },
);
