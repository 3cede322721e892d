/** When to ask and when to give up, by the wall clock on every look. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeepAlive } from "../../src/session/keep-alive.ts";

function keepAlive(asks: boolean): KeepAlive {
  return new KeepAlive({ asks, intervalMs: 100, now: 0 });
}

describe("the side that asks", () => {
  test("asks after a silent interval, once more after another half, and gives up after two", () => {
    const alive = keepAlive(true);

    expect(alive.wakeAt).toBe(100);
    expect(alive.look(99)).toBe("quiet");
    expect(alive.look(100)).toBe("ping");
    expect(alive.wakeAt).toBe(150);
    expect(alive.look(150)).toBe("ping");
    expect(alive.wakeAt).toBe(200);
    expect(alive.look(199)).toBe("quiet");
    expect(alive.look(200)).toBe("dead");
  });

  test("asks once in an interval where each question is answered", () => {
    const alive = keepAlive(true);
    const asked: number[] = [];
    for (let now = 1; now <= 1_000; now += 1) {
      if (alive.look(now) !== "ping") continue;
      asked.push(now);
      alive.heard(now + 5);
    }

    expect(asked).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000]);
  });

  test("asks a side that only listens, too: what is sent to it proves nothing about it", () => {
    const alive = keepAlive(true);
    let verdict = "quiet";
    for (let now = 10; now < 100; now += 10) alive.sent(now);
    verdict = alive.look(100);

    expect(verdict).toBe("ping");
  });

  test("says something each interval to a side that is heard all the time", () => {
    const alive = keepAlive(true);
    for (let now = 10; now < 100; now += 10) alive.heard(now);

    expect(alive.look(100)).toBe("ping");
  });

  test("bears one lost answer", () => {
    const alive = keepAlive(true);
    alive.look(100); // whose answer is lost
    expect(alive.look(150)).toBe("ping");
    alive.heard(199);

    expect(alive.look(200)).not.toBe("dead");
    expect(alive.wakeAt).toBeGreaterThan(200);
  });
});

describe("the side that is asked", () => {
  test("asks when it has heard nothing for one and a half, and gives up after two", () => {
    const alive = keepAlive(false);

    expect(alive.wakeAt).toBe(150);
    expect(alive.look(149)).toBe("quiet");
    expect(alive.look(150)).toBe("ping");
    expect(alive.wakeAt).toBe(200);
    expect(alive.look(199)).toBe("quiet");
    expect(alive.look(200)).toBe("dead");
  });

  test("says nothing by itself while it hears something in each interval", () => {
    const alive = keepAlive(false);
    for (let now = 100; now <= 10_000; now += 100) {
      expect(alive.look(now)).toBe("quiet");
      alive.heard(now);
    }
  });

  test("goes by the interval that the other side announced", () => {
    const alive = keepAlive(false);
    alive.setInterval(1_000);

    expect(alive.wakeAt).toBe(1_500);
    expect(alive.look(1_499)).toBe("quiet");
  });

  test("that has a doubt asks at once, and waits for half an interval", () => {
    const alive = keepAlive(false);
    alive.heard(30);

    expect(alive.doubt(40)).toBe("ping");
    expect(alive.doubt(41)).toBe("quiet"); // page events come in crowds
    expect(alive.look(89)).toBe("quiet");
    expect(alive.look(90)).toBe("dead");
  });

  test("that doubts over and over gives up no later for it", () => {
    const alive = keepAlive(false);
    const asked: number[] = [];
    for (let now = 140; now < 190; now += 10) {
      expect(alive.look(now)).not.toBe("dead");
      if (alive.doubt(now) === "ping") asked.push(now);
    }

    expect(asked).toEqual([140, 150, 160, 170, 180]);
    expect(alive.look(190)).toBe("dead");
  });

  test("that has a doubt, and is answered, has none any more", () => {
    const alive = keepAlive(false);
    alive.doubt(40);
    alive.heard(80);

    expect(alive.wakeAt).toBe(230);
  });
});

describe("a look that comes late", () => {
  test("asks, and finds nobody dead for one interval more", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.integer({ min: 206, max: 10_000_000 }), (asks, late) => {
        const alive = keepAlive(asks);

        expect(alive.look(late)).toBe("ping");
        expect(alive.look(late + 50)).toBe("ping");
        expect(alive.look(late + 99)).toBe("quiet");
        expect(alive.look(late + 100)).toBe("dead");
      }),
    );
  });

  test("over and over, as in a page whose timers run once a minute, gives up at the third", () => {
    const alive = keepAlive(false);

    expect(alive.look(240)).toBe("ping");
    expect(alive.look(480)).toBe("ping");
    expect(alive.look(720)).toBe("dead");
  });

  test("is forgiven anew when the other side was heard", () => {
    const alive = keepAlive(false);
    for (let now = 240; now < 10_000; now += 240) {
      expect(alive.look(now)).toBe("ping");
      alive.heard(now + 1);
    }
  });

  test("takes nothing from a side that was heard meanwhile", () => {
    const alive = keepAlive(true);
    alive.heard(190);

    let now = 200;
    while (alive.look(now) !== "dead") now = alive.wakeAt;
    expect(now).toBe(390);
  });

  test("by the milliseconds of a busy process changes nothing", () => {
    const alive = keepAlive(true);
    alive.look(102);
    alive.look(153);

    expect(alive.look(200)).toBe("dead");
  });
});

test("whoever looks when told to finds out within two intervals, whatever was heard and sent before", () => {
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
        // Time passes to the next event, with each look that is due on the way.
        for (
          const next = now + ms;
          now < next;
          now = Math.min(next, Math.max(now + 1, alive.wakeAt))
        )
          if (now >= alive.wakeAt && alive.look(now) === "dead") return;
        alive[what](now);
        if (what === "heard") heardAt = now;
      }
      let verdict = alive.look(now);
      while (verdict !== "dead" && now < 1_000_000) {
        now = Math.max(now + 1, alive.wakeAt);
        verdict = alive.look(now);
      }

      expect(now).toBe(heardAt + 200);
    }),
  );
});
