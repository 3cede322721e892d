/** A clock that a test moves. */
import { expect, test } from "vitest";

import { FakeClock } from "../src/fake-clock.ts";

test.each([NaN, Infinity])("a clock is not moved by %s, and goes on", async (ms) => {
  const clock = new FakeClock();
  const woken: number[] = [];
  clock.wakeAt(clock.now() + 5, () => woken.push(clock.now()));

  await expect(clock.advance(ms)).rejects.toThrow(RangeError);
  await expect(clock.sleep(ms)).rejects.toThrow(RangeError);
  await clock.advance(5);

  expect(woken).toEqual([1_000_005]);
});

/** A clock and what it woke: at which time whom. */
function waking(): {
  clock: FakeClock;
  heard: string[];
  ask: (ms: number, who: string) => () => void;
} {
  const clock = new FakeClock(1_000);
  const heard: string[] = [];
  const ask = (ms: number, who: string): (() => void) =>
    clock.wakeAt(1_000 + ms, () => heard.push(`${who} at ${clock.now()}`));
  return { clock, heard, ask };
}

test("it wakes each at its own time, those of one time in the order in which they asked, and nobody later", async () => {
  const { clock, heard, ask } = waking();
  for (const [ms, who] of [
    [20, "c"],
    [10, "a"],
    [10, "b"],
    [21, "d"],
  ] as const)
    ask(ms, who);
  await clock.advance(20);

  expect(heard).toEqual(["a at 1010", "b at 1010", "c at 1020"]);
  expect([clock.now(), clock.waiting]).toEqual([1_020, 1]);
});

test("who called it off is not woken and not waited for", async () => {
  const { clock, heard, ask } = waking();
  ask(10, "a")();
  expect(clock.waiting).toBe(0);
  await clock.advance(10);

  expect(heard).toEqual([]);
});

test("what is asked for on the way is woken on the way, a time that has passed at once", async () => {
  const { clock, heard, ask } = waking();
  clock.wakeAt(1_010, () => {
    ask(5, "late");
    void Promise.resolve().then(() => ask(20, "b"));
  });
  await clock.advance(30);

  expect(heard).toEqual(["late at 1010", "b at 1020"]);
});

test("after a sleep all who were due are woken at its end", async () => {
  const { clock, heard, ask } = waking();
  ask(10, "a");
  ask(20, "b");
  ask(31, "c");
  await clock.sleep(30);

  expect(heard).toEqual(["a at 1030", "b at 1030"]);
  expect(clock.now()).toBe(1_030);
});

test("what runs at the end of the turn runs behind the turn, without time passing", async () => {
  const { clock } = waking();
  let ran = false;
  clock.endOfTurn(() => (ran = true));
  expect(ran).toBe(false);
  await clock.advance(0);

  expect(ran).toBe(true);
});
