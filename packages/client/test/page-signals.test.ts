/** What a page is told about itself, and what its client does then. */
import { settle } from "@concordat/testing";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { servedStage } from "./fixture/served-stage.ts";
import { order } from "./fixture/shop.ts";
import { ignore, outcomeOf, stage } from "./fixture/stage.ts";

/** The global object of a page, as far as the client uses it. */
let page: EventTarget;
let listening: Set<string>;

beforeEach(() => {
  page = new EventTarget();
  listening = new Set();
  vi.stubGlobal("addEventListener", (type: string, listener: (event: Event) => void) => {
    listening.add(type);
    page.addEventListener(type, listener);
  });
  vi.stubGlobal("removeEventListener", (type: string, listener: (event: Event) => void) => {
    listening.delete(type);
    page.removeEventListener(type, listener);
  });
});

// Not after each test: clients are closed behind it, and stop to listen then.
afterAll(() => {
  vi.unstubAllGlobals();
});

function signal(type: string, facts: { persisted?: boolean; visibilityState?: string } = {}): void {
  const event = Object.assign(
    new Event(type),
    facts.persisted === undefined ? {} : { persisted: facts.persisted },
  );
  Object.defineProperty(event, "target", { value: { visibilityState: facts.visibilityState } });
  page.dispatchEvent(event);
}

test("the page is listened to from the first dial until the client is closed", async () => {
  const { client, welcome } = stage();
  expect(listening.size).toBe(0);
  client.connect().catch(ignore);
  await welcome();
  expect(listening).toEqual(new Set(["online", "pagehide", "pageshow", "visibilitychange"]));
  await client.close();

  expect(listening.size).toBe(0);
});

test.each([
  ["online", {}],
  ["pageshow", {}],
  ["visibilitychange", { visibilityState: "visible" }],
])(
  "a connection that is open is asked at once on %s, and replaced after half an interval of silence",
  async (type, facts) => {
    const { client, clock, welcome, upgrades } = stage();
    client.connect().catch(ignore);
    const peer = await welcome();
    await clock.advance(10_000);
    signal(type, facts);
    signal(type, facts);
    await settle();
    expect(peer.heard("ping")).toHaveLength(1);
    await clock.advance(12_499);
    expect(peer.end).toBeUndefined();
    await clock.advance(1);

    expect(peer.end).toMatchObject({ code: 4800 });
    await clock.advance(0);
    expect(upgrades).toHaveLength(2);
  },
);

test("a page that was asleep for hours keeps a connection whose server answers", async () => {
  const { client, clock, welcome, upgrades } = stage();
  client.connect().catch(ignore);
  const peer = await welcome();
  await clock.sleep(8 * 3_600_000);
  signal("visibilitychange", { visibilityState: "visible" });
  await settle();
  expect(peer.heard("ping").length).toBeGreaterThan(0);
  peer.send({ kind: "pong", id: 0, token: 0 });
  await clock.advance(20_000);

  expect(peer.end).toBeUndefined();
  expect(upgrades).toHaveLength(1);
});

test.each([
  ["online", {}],
  ["pageshow", {}],
  ["visibilitychange", { visibilityState: "visible" }],
])("a client that waits dials at once on %s", async (type, facts) => {
  const { client, upgrade, upgrades } = stage();
  client.connect().catch(ignore);
  (await upgrade()).fail();
  await settle();
  expect(client.state).toBe("waiting");
  signal(type, facts);
  await settle();

  expect(upgrades).toHaveLength(2);
});

test("a page that is hidden dials nothing, and neither does a client that was refused", async () => {
  const { client, upgrade, upgrades } = stage();
  client.connect().catch(ignore);
  (await upgrade()).fail();
  await settle();
  signal("visibilitychange", { visibilityState: "hidden" });
  await settle();
  expect(upgrades).toHaveLength(1);

  signal("online");
  (await upgrade()).fail(4426);
  await settle();
  expect(client.state).toBe("refused");
  signal("online");
  await settle();
  expect(upgrades).toHaveLength(2);
});

test("a page that becomes visible looks at the clock: a deadline whose timer is late passes now", async () => {
  const { client, clock, welcome } = stage();
  client.connect().catch(ignore);
  await welcome();
  const answer = client.shop.place(order, { timeoutMs: 1_000 });
  await settle();
  // Time passes, and the timers of a hidden tab do not run.
  clock.now = () => 1_002_000;
  expect(await outcomeOf(answer)).toBe("pending");
  signal("visibilitychange", { visibilityState: "visible" });

  expect(await outcomeOf(answer)).toMatchObject({ code: "deadline_exceeded" });
});

test("a page that goes into the cache leaves no ghost at the server, and goes on when it comes back", async () => {
  const { client, pipes, clock, release, log } = servedStage();
  const answer = client.shop.place(order);
  await settle();
  signal("pagehide", { persisted: true });
  await settle();
  expect(pipes[0]?.isOpen).toBe(false);
  expect(client.state).toBe("waiting");
  expect(await outcomeOf(answer)).toBe("pending");

  await clock.sleep(20_000);
  signal("pageshow", { persisted: true });
  await settle();
  expect(client.state).toBe("ready");
  release();
  expect(await outcomeOf(answer)).toEqual({ id: "o-A-1" });
  expect(log).toEqual(["place A-1"]);
});

test("a page that goes into the cache opens no socket before it comes back: the browser would drop it", async () => {
  const { client, welcome, upgrades, clock } = stage();
  client.connect().catch(ignore);
  await welcome();
  signal("pagehide", { persisted: true });
  await clock.advance(60_000);
  expect(upgrades).toHaveLength(1);

  signal("pageshow", { persisted: true });
  await welcome();
  expect(client.state).toBe("ready");
});

test.each([
  ["is waiting to", true],
  ["is about to", false],
])(
  "a page that goes into the cache while it %s dial does so when it comes back",
  async (_, isWaiting) => {
    const { client, upgrade, welcome, upgrades, clock } = stage();
    const answer = client.shop.place(order);
    const first = await upgrade();
    if (isWaiting) first.fail();
    await settle();
    signal("pagehide", { persisted: true });
    await clock.advance(60_000);
    expect(first.socket.readyState).toBeGreaterThanOrEqual(2);
    expect(client.state).toBe("waiting");
    expect(upgrades).toHaveLength(1);

    signal("pageshow", { persisted: true });
    const peer = await welcome();
    peer.respond(1, { id: "o-1" });
    expect(await answer).toEqual({ id: "o-1" });
  },
);

test("a page that is left for good has the server keep nothing for it, and nothing fails that nobody sees", async () => {
  const { client, welcome } = stage();
  const answer = client.shop.place(order);
  const session = { token: "s-1", graceMs: 30_000 };
  const peer = await welcome({ session, capabilities: ["resume"] });
  signal("pagehide", { persisted: false });
  await settle();

  expect(peer.end).toMatchObject({ code: 1000 });
  expect(client.state).toBe("waiting");
  expect(await outcomeOf(answer)).toBe("pending");
});

test("what can be listened to and not left is no page", async () => {
  vi.stubGlobal("removeEventListener", undefined);
  const { client, welcome } = stage();
  client.connect().catch(ignore);
  await welcome();

  expect(listening.size).toBe(0);
});
