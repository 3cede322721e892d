/** When to ask and when to give up, by the wall clock on every look. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeepAlive } from "../../src/session/keep-alive.ts";

function keepAlive(asks: boolean): KeepAlive {
  return new KeepAlive({ asks, intervalMs: 100, now: 0 });
}

describe("the side that asks", () => {
  test("is quiet, asks after an interval without sending, and gives up after two and a half", () => {
    const alive = keepAlive(true);

    expect(alive.wakeAt).toBe(100);
    expect(alive.look(99)).toBe("quiet");
    expect(alive.look(100)).toBe("ping");
    alive.sent(100);
    expect(alive.wakeAt).toBe(200);
    expect(alive.look(200)).toBe("ping");
    alive.sent(200);
    expect(alive.wakeAt).toBe(250);
    expect(alive.look(250)).toBe("dead");
  });
});

describe("the side that is asked", () => {
  test("never asks, and gives up after two and a half", () => {
    const alive = keepAlive(false);

    expect(alive.wakeAt).toBe(250);
    expect(alive.look(249)).toBe("quiet");
    expect(alive.look(250)).toBe("dead");
  });

  test("goes by the interval that the other side announced", () => {
    const alive = keepAlive(false);
    alive.setInterval(1_000);

    expect(alive.wakeAt).toBe(2_500);
    expect(alive.look(2_499)).toBe("quiet");
  });
});

test("a look that comes late finds nobody dead before they had another chance to be heard", () => {
  fc.assert(
    fc.property(fc.boolean(), fc.integer({ min: 301, max: 10_000_000 }), (asks, late) => {
      const alive = keepAlive(asks);

      expect(alive.look(late)).not.toBe("dead");
      if (asks) alive.sent(late);
      expect(alive.wakeAt).toBeGreaterThan(late);
      expect(alive.look(late + 149)).not.toBe("dead");
      expect(alive.look(late + 150)).toBe("dead");
    }),
  );
});

test("whoever looks when told to finds out in time, whatever was heard and sent before", () => {
  const step = fc.tuple(
    fc.constantFrom("heard" as const, "sent" as const, "look" as const),
    fc.integer({ min: 1, max: 40 }),
  );
  fc.assert(
    fc.property(fc.boolean(), fc.array(step), (asks, steps) => {
      const alive = keepAlive(asks);
      let now = 0;
      let heardAt = 0;
      for (const [what, ms] of steps) {
        now += ms;
        alive[what](now);
        if (what === "heard") heardAt = now;
      }
      let verdict = alive.look(now);
      while (verdict !== "dead" && now < 1_000_000) {
        now = Math.max(now + 1, alive.wakeAt);
        verdict = alive.look(now);
        if (verdict === "ping") alive.sent(now);
      }

      expect(now).toBeLessThanOrEqual(heardAt + 400);
      expect(now).toBeGreaterThanOrEqual(heardAt + 250);
    }),
  );
});
