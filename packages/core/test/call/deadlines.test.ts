/** The deadlines of open calls: all that are due, in order, and no memory for calls that ended. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Deadlines } from "../../src/call/deadlines.ts";

const ascending = (one: number, other: number): number => one - other;

test("what is due comes out in the order of its time, and the next one is known", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1_000 })), fc.nat({ max: 1_000 }), (times, now) => {
      const deadlines = new Deadlines();
      for (const [id, at] of times.entries()) deadlines.add(at, id);
      const due = [...deadlines.due(now)];

      expect(due.map((id) => times[id])).toEqual(
        times.filter((at) => at <= now).toSorted(ascending),
      );
      expect(deadlines.next).toBe(times.filter((at) => at > now).toSorted(ascending)[0]);
    }),
  );
});

test("a call that ended is not due, whatever came and went around it", () => {
  const step = fc.record({ id: fc.nat({ max: 30 }), at: fc.nat({ max: 40 }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const deadlines = new Deadlines();
      const open = new Map<number, number>();
      for (const { id, at } of steps) {
        const known = open.get(id);
        if (known === undefined) {
          open.set(id, at);
          deadlines.add(at, id);
        } else {
          open.delete(id);
          deadlines.remove(known, id);
        }

        expect(deadlines.next).toBe([...open.values()].toSorted(ascending)[0]);
      }
      const due = [...deadlines.due(Infinity)];

      expect(due.toSorted(ascending)).toEqual([...open.keys()].toSorted(ascending));
      expect(due.map((id) => open.get(id))).toEqual([...open.values()].toSorted(ascending));
    }),
  );
});

test("beside a call that stays open for days, a million short ones leave nothing behind", () => {
  const deadlines = new Deadlines();
  deadlines.add(10, 0);
  let most = 0;
  for (let id = 1; id <= 1_000_000; id += 1) {
    deadlines.add(1_000_000 + id, id);
    deadlines.remove(1_000_000 + id, id);
    most = Math.max(most, deadlines.size);
  }

  expect(most).toBeLessThan(100);
  expect([...deadlines.due(Infinity)]).toEqual([0]);
});

test("with no call open nothing is waited for, and what is removed twice was removed once", () => {
  const deadlines = new Deadlines();
  deadlines.add(1, 1);
  deadlines.add(1, 2);
  deadlines.remove(1, 1);
  deadlines.remove(1, 1);
  expect(deadlines.next).toBe(1);
  deadlines.remove(1, 2);

  expect(deadlines.next).toBeUndefined();
});
