/** Many who wait on one clock: each is woken at its time, in order, and nobody who does not wait any more. */
import { FakeClock } from "@concordat/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Agenda } from "../../src/transport/agenda.ts";
import type { Sleeper } from "../../src/transport/alarm.ts";

class Named implements Sleeper {
  dueAt = Infinity;
  place = -1;
  readonly #woken: () => void;

  constructor(woken: () => void = () => undefined) {
    this.#woken = woken;
  }

  wake(): void {
    this.#woken();
  }
}

test("everybody is woken at the time that was set last, by one timer", async () => {
  const times = fc.array(fc.tuple(fc.nat(9), fc.oneof(fc.nat(50), fc.constant(Infinity))));
  await fc.assert(
    fc.asyncProperty(times, async (settings) => {
      const clock = new FakeClock(0);
      const agenda = new Agenda(clock);
      const woken: [name: number, at: number][] = [];
      const sleepers = Array.from(
        { length: 10 },
        (_, name) => new Named(() => void woken.push([name, clock.now()])),
      );
      const expected = new Map<number, number>();
      for (const [name, at] of settings) {
        agenda.set(sleepers[name] ?? new Named(), at);
        if (at === Infinity) expected.delete(name);
        else expected.set(name, at);
      }
      expect(agenda.size).toBe(expected.size);
      expect(clock.waiting).toBe(expected.size === 0 ? 0 : 1);
      await clock.advance(50);

      expect(woken).toHaveLength(expected.size);
      expect(new Map(woken)).toEqual(expected);
      expect(woken.map(([, at]) => at)).toEqual(
        woken.map(([, at]) => at).toSorted((a, b) => a - b),
      );
      expect(agenda.size + clock.waiting).toBe(0);
    }),
  );
});

test("who sets itself anew while it is woken, to a time that has passed, lets the others have their turn", async () => {
  const clock = new FakeClock(0);
  const agenda = new Agenda(clock);
  const woken: string[] = [];
  let times = 0;
  const restless = new Named(() => {
    woken.push("restless");
    if ((times += 1) < 3) agenda.set(restless, 0);
  });
  agenda.set(restless, 10);
  agenda.set(new Named(() => void woken.push("other")), 10);
  await clock.advance(10);

  expect(woken).toEqual(["restless", "other", "restless", "restless"]);
});

test("who is ended by one that is woken before it is left alone", async () => {
  const clock = new FakeClock(0);
  const agenda = new Agenda(clock);
  const woken: string[] = [];
  const ended = new Named(() => void woken.push("ended"));
  const ender = new Named(() => agenda.set(ended, Infinity));
  agenda.set(ender, 10);
  agenda.set(ended, 11);
  await clock.sleep(20);

  expect(woken).toEqual([]);
  expect(clock.waiting).toBe(0);
});

test("one that throws keeps nobody from being woken, at this moment or later", async () => {
  const clock = new FakeClock(0);
  const agenda = new Agenda(clock);
  const woken: string[] = [];
  const thrower = new Named(() => {
    throw new Error("not today");
  });
  agenda.set(thrower, 10);
  agenda.set(new Named(() => void woken.push("at the same time")), 10);
  agenda.set(new Named(() => void woken.push("later")), 20);
  await clock.advance(10).catch(() => undefined);
  await clock.advance(10);

  expect(woken).toEqual(["at the same time", "later"]);
});
