/** What is left behind is named, and what is not is not. */
import { createClient } from "@concordat/client";
import { defineContract, unary } from "@concordat/core";
import { createServer, implement } from "@concordat/server/portable";
import { Type } from "typebox";
import { expect, test } from "vitest";
import { FakeClock, LeakCheck, memoryTransports, settle } from "../src/index.ts";

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
