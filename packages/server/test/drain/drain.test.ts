/** Connections that leave: when each is asked, when it is closed, and what becomes of its calls. */
import { FakeClock, settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";

import { Drain, type DrainOptions, type Leaver } from "../../src/drain/drain.ts";
import { later } from "../fixture/caller.ts";
import { answerTo, shopStage } from "../fixture/stage.ts";

/** A connection that remembers when it was asked and closed, and does what a test says. */
class Guest implements Leaver {
  readonly #clock: FakeClock;
  readonly #drain: () => Drain | undefined;
  callsOpen: number;
  untold = 0;
  askedAt: number | undefined;
  closedAt: number | undefined;
  withinMs: number | undefined;
  /** Whether it leaves by itself as soon as it is asked. */
  readonly isPolite: boolean;

  constructor(
    clock: FakeClock,
    drain: () => Drain | undefined,
    { callsOpen = 0, isPolite = false } = {},
  ) {
    this.#clock = clock;
    this.#drain = drain;
    this.callsOpen = callsOpen;
    this.isPolite = isPolite;
  }

  goaway(withinMs: number): void {
    this.askedAt = this.#clock.now();
    this.withinMs = withinMs;
    if (this.isPolite) queueMicrotask(() => this.#drain()?.ended(this));
  }

  close(): void {
    this.closedAt = this.#clock.now();
    this.#drain()?.ended(this);
  }
}

/** A deterministic source of chance. */
function chance(): () => number {
  let state = 7;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

function party(
  guests: (make: (what?: { callsOpen?: number; isPolite?: boolean }) => Guest) => Guest[],
  options: Partial<DrainOptions> = {},
): { readonly clock: FakeClock; readonly guests: readonly Guest[]; readonly done: Promise<void> } {
  const clock = new FakeClock(0);
  let drain: Drain | undefined;
  const invited = guests((what) => new Guest(clock, () => drain, what));
  drain = new Drain(invited, {
    clock,
    random: chance(),
    withinMs: 20_000,
    spreadMs: 10_000,
    closeName: "draining",
    ...options,
  });
  return { clock, guests: invited, done: drain.run() };
}

/** Whether a promise has settled. */
async function isDone(promise: Promise<void>): Promise<boolean> {
  let done = false;
  void promise.then(() => (done = true));
  await settle();
  return done;
}

describe("a drain", () => {
  test("asks one by one over its spread, never two in one moment, the first at once", async () => {
    const { clock, guests, done } = party((guest) =>
      Array.from({ length: 100 }, () => guest({ isPolite: true })),
    );
    await clock.advance(10_000);
    const asked = guests.map(({ askedAt = -1 }) => askedAt).toSorted((one, other) => one - other);

    expect(asked[0]).toBe(0);
    expect(new Set(asked).size).toBe(100);
    for (const [index, at] of asked.entries()) {
      expect(at).toBeGreaterThanOrEqual((index - 1) * 100);
      expect(at).toBeLessThanOrEqual(index * 100);
    }
    expect(await isDone(done)).toBe(true);
    expect(clock.waiting).toBe(0);
  });

  test("asks those without calls first", async () => {
    const { clock, guests } = party((guest) =>
      Array.from({ length: 20 }, (_, index) => guest({ callsOpen: index % 2, isPolite: true })),
    );
    await clock.advance(10_000);
    const asked = (calls: number): number[] =>
      guests.filter(({ callsOpen }) => callsOpen === calls).map(({ askedAt = -1 }) => askedAt);

    expect(Math.max(...asked(0))).toBeLessThan(Math.min(...asked(1)));
  });

  test("closes who has no calls and does not leave after a quarter of the window, one by one too", async () => {
    const { clock, guests, done } = party((guest) => Array.from({ length: 10 }, () => guest()));
    await clock.advance(15_000);

    for (const { askedAt = 0, closedAt = 0 } of guests)
      expect(closedAt - askedAt).toBeCloseTo(5_000, 6);
    expect(new Set(guests.map(({ closedAt }) => closedAt)).size).toBe(10);
    expect(await isDone(done)).toBe(true);
  });

  test("waits for who has no calls no longer than ten seconds, however long the window is", async () => {
    const { clock, guests } = party((guest) => [guest()], { withinMs: 600_000, spreadMs: 300_000 });
    await clock.advance(9_999);
    expect(guests[0]?.closedAt).toBeUndefined();
    await clock.advance(1);

    expect(guests[0]?.closedAt).toBe(10_000);
  });

  test("lets calls end, and closes their connection as soon as they have", async () => {
    const { clock, guests, done } = party((guest) => [guest({ callsOpen: 2 })]);
    await clock.advance(12_000);
    const [busy] = guests;
    expect(busy?.closedAt).toBeUndefined();
    if (busy !== undefined) busy.callsOpen = 0;
    await clock.advance(50);

    expect(busy?.closedAt).toBe(12_050);
    expect(await isDone(done)).toBe(true);
  });

  test("keeps who is still to be told something until it has been, or to the end of the window", async () => {
    const { clock, guests } = party((guest) => [guest(), guest()]);
    for (const guest of guests) guest.untold = 2;
    await clock.advance(14_000);
    const [soon, never] = guests;
    expect(guests.map(({ closedAt }) => closedAt)).toEqual([undefined, undefined]);
    if (soon !== undefined) soon.untold = 0;
    await clock.advance(50);
    expect(soon?.closedAt).toBe(14_050);
    await clock.advance(5_950);

    expect(never?.closedAt).toBe(20_000);
  });

  test("cuts what is still open in the last tenth of the window, not all in one moment, and has said when", async () => {
    const { clock, guests, done } = party((guest) =>
      Array.from({ length: 10 }, () => guest({ callsOpen: 1 })),
    );
    await clock.advance(20_000);
    const cut = guests.map(({ closedAt = 0 }) => closedAt);

    expect(Math.min(...cut)).toBeGreaterThanOrEqual(18_000);
    expect(Math.max(...cut)).toBe(20_000);
    expect(new Set(cut).size).toBe(10);
    for (const { askedAt = 0, withinMs = 0, closedAt } of guests) {
      expect(askedAt + withinMs).toBeCloseTo(closedAt ?? 0, 6);
    }
    expect(await isDone(done)).toBe(true);
    expect(clock.waiting).toBe(0);
  });

  test("of nobody is done at once", async () => {
    const { clock, done } = party(() => []);

    expect(await isDone(done)).toBe(true);
    expect(clock.waiting).toBe(0);
  });

  test("waits for those who are expected back, to the end of its window at most", async () => {
    let expected = true;
    const { clock, done } = party((guest) => [guest({ isPolite: true })], {
      isExpecting: () => expected,
    });
    await clock.advance(5_000);
    expect(await isDone(done)).toBe(false);
    expected = false;
    await clock.advance(50);
    expect(await isDone(done)).toBe(true);
    expect(clock.waiting).toBe(0);

    const vain = party(() => [], { isExpecting: () => true });
    await vain.clock.advance(19_999);
    expect(await isDone(vain.done)).toBe(false);
    await vain.clock.advance(1);
    expect(await isDone(vain.done)).toBe(true);
    expect(vain.clock.waiting).toBe(0);

    const short = party(() => [], { isExpecting: () => true, withinMs: 130 });
    await short.clock.advance(130);
    expect(await isDone(short.done)).toBe(true);
  });

  test("looks at those that run calls twenty times a second, however many are asked meanwhile", async () => {
    let looks = 0;
    const { clock, guests, done } = party(
      (guest) =>
        Array.from({ length: 1_000 }, () =>
          Object.defineProperty(guest(), "callsOpen", { get: () => (looks += 1) }),
        ),
      { withinMs: 4_000, spreadMs: 2_000 },
    );
    looks = 0;
    await clock.advance(4_000);

    expect(guests.filter(({ closedAt }) => closedAt !== undefined)).toHaveLength(1_000);
    expect(looks).toBeLessThan(1_000 * 4 * 20);
    expect(await isDone(done)).toBe(true);
  });

  test("that is late because the process did not run loses no time: all whose moment has passed are asked", async () => {
    const { clock, guests } = party((guest) => Array.from({ length: 10 }, () => guest()));
    await clock.sleep(10_000);

    expect(guests.map(({ askedAt }) => askedAt).filter((at) => at === 10_000)).toHaveLength(9);
  });
});

describe("drain()", () => {
  test("lets nobody in any more, serves those who are there until they are asked, and settles when all have left", async () => {
    const gate = later<void>();
    const stage = shopStage({
      async greet({ name }) {
        if (name === "slow") await gate.promise;
        return { text: name };
      },
    });
    const callers = Array.from({ length: 4 }, () => stage.caller());
    await Promise.all(callers.map(({ welcome }) => welcome));
    const slow = callers[0]?.unary("shop/greet", { name: "slow" });
    await stage.clock.advance(0);
    expect(stage.server.isDraining).toBe(false);
    const drained = stage.server.drain({ withinMs: 4_000 });

    expect(stage.server.isDraining).toBe(true);
    expect(await stage.caller().ended).toMatchObject({
      code: 4503,
      refusal: { retryAfterMs: 1_000 },
    });
    // The one with a call is the last to be asked: until then its new calls are answered.
    expect(await callers[0]?.unary("shop/greet", { name: "quick" }).done).toEqual({
      text: "quick",
    });
    await stage.clock.advance(2_000);
    expect(callers.map(({ goaways }) => goaways.length)).toEqual([1, 1, 1, 1]);
    await stage.clock.advance(1_500);
    expect(stage.server.load).toEqual({ connections: 1, calls: 1 });
    gate.settle();
    await stage.clock.advance(100);

    expect(await slow?.done).toEqual({ text: "slow" });
    expect(await isDone(drained)).toBe(true);
    expect(stage.server.load.connections).toBe(0);
    await stage.server.close();
    expect(stage.clock.waiting).toBe(0);
  });

  test("that close() overtakes ends with it", async () => {
    const stage = shopStage({ greet: () => new Promise(() => undefined) });
    const caller = stage.caller();
    caller.unary("shop/greet", { name: "" });
    await caller.welcome;
    const drained = stage.server.drain({ withinMs: 60_000 });
    await stage.clock.advance(0);
    const closed = stage.server.close({ withinMs: 1_000 });
    await stage.clock.advance(1_000);

    expect(await isDone(closed)).toBe(true);
    expect(await isDone(drained)).toBe(true);
    expect(stage.clock.waiting).toBe(0);
  });

  test("and close() leave nobody behind who connects meanwhile and says nothing", async () => {
    const stage = shopStage({ greet: () => new Promise(() => undefined) });
    const caller = stage.caller();
    caller.unary("shop/greet", { name: "" });
    await caller.welcome;
    const closed = stage.server.close({ withinMs: 1_000 });
    const silent = answerTo(stage.pipe(), []);
    await stage.clock.advance(1_000);
    await closed;

    expect(stage.server.load.connections).toBe(0);
    expect(await silent).toMatchObject({ code: 4503 });
    expect(stage.clock.waiting).toBe(0);
  });
});
