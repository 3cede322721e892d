/** What is left behind is named, and what is not is not. */
import { createClient } from "@concordat/client";
import { defineContract, unary } from "@concordat/core";
import { createServer, implement } from "@concordat/server/portable";
import { Type } from "typebox";
import { expect, test } from "vitest";
import { FakeClock, LeakCheck, memoryTransports, settle } from "../src/index.ts";
import { TransportEar } from "../src/transport-ear.ts";

const contract = defineContract("leaky", {
  hang: unary({ request: Type.Null(), response: Type.Null() }),
});

function stage(leaks: LeakCheck) {
  const server = leaks.server(
    createServer({
      services: [
        implement(contract, { handlers: { hang: () => new Promise<null>(() => undefined) } }),
      ],
      clock: leaks.clock,
      log: () => undefined,
    }),
  );
  const client = leaks.client(
    createClient({
      connect() {
        const [near, far] = memoryTransports();
        server.accept(leaks.transport(far, "the far end"));
        return leaks.transport(near, "the near end");
      },
      contracts: { contract },
      clock: leaks.clock,
    }),
  );
  return { server, client };
}

test("a call, its connection, its pipe, its client and its timers are named while they are there", async () => {
  const leaks = new LeakCheck(new FakeClock());
  const { client } = stage(leaks);
  const control = leaks.target(new AbortController().signal, "the call's signal");
  client.contract.hang(null, { signal: control, timeoutMs: 1_000 }).catch(() => undefined);
  await settle();

  expect(leaks.left).toEqual([
    "1 call open at the server",
    "1 connection open at the server",
    "the client is ready",
    '1 listener of "abort" on the call\'s signal',
    "the far end is open",
    "the near end is open",
    expect.stringMatching(/^a timer due in \d+ ms, set at .*agenda\.ts/),
    expect.stringMatching(/^a timer due in \d+ ms, set at .*alarm\.ts/),
  ]);
  await expect(leaks.expectNothing(0)).rejects.toThrow(/^Left behind: 1 call open at the server; /);
});

test("nothing is left once the client and the server are closed", async () => {
  const clock = new FakeClock();
  const leaks = new LeakCheck(clock);
  const { client, server } = stage(leaks);
  const signal = leaks.target(new AbortController().signal, "the call's signal");
  const given = client.contract.hang(null, { signal }).catch(() => undefined);
  await settle();
  await client.close();
  await given;
  const closed = server.close({ withinMs: 1 });
  await clock.advance(1);
  await closed;

  await expect(leaks.expectNothing(0)).resolves.toBeUndefined();
});

function hear(): void {}

test("a listener that was to hear once and has heard is not left", () => {
  const leaks = new LeakCheck();
  const target = leaks.target(new EventTarget(), "it");
  target.addEventListener("once", hear, { once: true });
  target.addEventListener("often", hear);
  target.addEventListener("often", () => undefined);
  expect(leaks.left).toEqual(['1 listener of "once" on it', '2 listeners of "often" on it']);
  target.dispatchEvent(new Event("once"));
  target.removeEventListener("often", hear);

  expect(leaks.left).toEqual(['1 listener of "often" on it']);
});

test("what ends by itself is waited for", async () => {
  const leaks = new LeakCheck();
  leaks.clock.wakeAt(leaks.clock.now() + 20, () => undefined);

  await expect(leaks.expectNothing()).resolves.toBeUndefined();
});

test("a timer that was called off is not left", () => {
  const leaks = new LeakCheck(new FakeClock());
  const callOff = leaks.clock.wakeAt(leaks.clock.now() + 20, () => undefined);
  expect(leaks.left).toHaveLength(1);
  callOff();

  expect(leaks.left).toEqual([]);
});

test("a clock that is watched wakes and calls off as the one beneath, and says how long it is until then", async () => {
  const beneath = new FakeClock();
  const leaks = new LeakCheck(beneath);
  const { clock } = leaks;
  const heard: string[] = [];
  clock.wakeAt(clock.now() + 20, () => heard.push("woken"));
  clock.wakeAt(clock.now() + 20, () => heard.push("called off"))();
  await beneath.advance(5);
  expect(leaks.left).toEqual([
    expect.stringMatching(/^a timer due in 15 ms, set at .*leak-check\.test\.ts/),
  ]);
  await beneath.advance(15);

  expect(heard).toEqual(["woken"]);
  expect([leaks.left, beneath.waiting]).toEqual([[], 0]);
});

test("a target that is watched tells its listeners what it told them, once or often", () => {
  const target = new LeakCheck().target(new EventTarget(), "it");
  const heard: string[] = [];
  const often = (): void => void heard.push("often");
  target.addEventListener("x", often);
  target.addEventListener("x", () => heard.push("once"), { once: true });
  target.addEventListener("x", () => heard.push("also"), { once: false });
  target.dispatchEvent(new Event("x"));
  target.removeEventListener("x", often);
  target.dispatchEvent(new Event("x"));

  expect(heard).toEqual(["often", "once", "also", "also"]);
});

test("one thing that is left is enough", async () => {
  const leaks = new LeakCheck();
  leaks.client({ state: "ready" }, "it");

  await expect(leaks.expectNothing(0)).rejects.toThrow("Left behind: it is ready.");
});

test("a listener that stays is left although the target has told it something", () => {
  const leaks = new LeakCheck();
  const target = leaks.target(new EventTarget(), "it");
  for (const options of [undefined, true, { once: false }])
    target.addEventListener("x", () => undefined, options);
  target.dispatchEvent(new Event("x"));

  expect(leaks.left).toEqual(['3 listeners of "x" on it']);
});

test("a client is left unless it was never used, is closed or was refused", () => {
  const leaks = new LeakCheck();
  for (const state of ["idle", "closed", "refused", "connecting", "ready", "waiting"])
    leaks.client({ state }, "it");

  expect(leaks.left).toEqual(["it is connecting", "it is ready", "it is waiting"]);
});

test("several calls and connections are counted", () => {
  const leaks = new LeakCheck();
  leaks.server({ load: { connections: 2, calls: 3 } }, "it");
  leaks.server({ load: { connections: 0, calls: 0 } }, "another");

  expect(leaks.left).toEqual(["3 calls open at it", "2 connections open at it"]);
});

test("a pipe that is watched does what it did, and is left until it has ended", async () => {
  const leaks = new LeakCheck();
  const [near, far] = memoryTransports();
  const watched = leaks.transport(near);
  const there = new TransportEar(far);
  const here = new TransportEar(watched);
  watched.send("to");
  far.send("fro");
  await Promise.all([there.messages(1), here.messages(1)]);
  expect([there.heard, here.heard, watched.bufferedBytes]).toEqual([["to"], ["fro"], 0]);
  expect(leaks.left).toEqual(["a pipe is open"]);
  watched.close(4_000, "over");

  expect(await Promise.all([there.end, here.end])).toEqual([
    { code: 4_000, reason: "over" },
    { code: 4_000, reason: "over" },
  ]);
  expect(leaks.left).toEqual([]);
});
