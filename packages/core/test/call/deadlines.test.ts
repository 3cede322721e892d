/** One heap of deadlines: all that are due, in order, and no memory for calls that ended. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Deadlines } from "../../src/call/deadlines.ts";

test("what is due comes out in the order of its time, and the next one is known", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1_000 })), fc.nat({ max: 1_000 }), (times, now) => {
      const deadlines = new Deadlines();
      for (const [id, at] of times.entries()) deadlines.add(at, id);
      const due = [...deadlines.due(now)];

      expect(due.map((id) => times[id])).toEqual(
        times.filter((at) => at <= now).toSorted((one, other) => one - other),
      );
      expect(deadlines.next).toBe(
        times.filter((at) => at > now).toSorted((one, other) => one - other)[0],
      );
    }),
  );
});

test("beside a call that stays open for days, a million short ones leave nothing behind", () => {
  const deadlines = new Deadlines();
  const open = new Map([[0, "stays"]]);
  deadlines.add(10, 0);
  let most = 0;
  for (let id = 1; id <= 1_000_000; id += 1) {
    deadlines.add(1_000_000 + id, id);
    open.set(id, "short");
    open.delete(id);
    deadlines.prune(open);
    most = Math.max(most, deadlines.size);
  }

  expect(most).toBeLessThan(100);
  expect([...deadlines.due(Infinity)][0]).toBe(0);
});

test("pruning forgets no call that is open", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: 500 })), fc.nat({ max: 3 }), (ids, every) => {
      const deadlines = new Deadlines();
      for (let id = 0; id <= 500; id += 1) deadlines.add((id * 7919) % 500, id);
      const open = new Map(ids.filter((id) => id % (every + 1) === 0).map((id) => [id, true]));
      deadlines.prune(open);

      const left = new Set(deadlines.due(500));

      expect([...open.keys()].filter((id) => !left.has(id))).toEqual([]);
      expect(left.size).toBeLessThanOrEqual(open.size * 2 + 64);
    }),
  );
});

test("with no call open nothing is waited for", () => {
  const deadlines = new Deadlines();
  deadlines.add(1, 1);
  deadlines.prune(new Map());

  expect(deadlines.next).toBeUndefined();
});
