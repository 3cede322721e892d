/** The open calls of a connection: found by id whatever is open beside them, and their deadlines in order. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FewCalls } from "../../src/call/few-calls.ts";
import { type CallTable, OpenCalls } from "../../src/call/open-calls.ts";

interface Entry {
  readonly id: number;
  readonly deadline: number | undefined;
}

const ascending = (one: number, other: number): number => one - other;

/** Ids grow, by more than one where calls in between have been refused. */
const openings = fc.array(
  fc.record({
    skip: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.nat({ max: 5_000 })),
    deadline: fc.option(fc.nat({ max: 1_000 }), { nil: undefined }),
    /** Which of the open calls end next. */
    ends: fc.array(fc.nat(), { maxLength: 2 }),
  }),
  { maxLength: 300 },
);

const tables: readonly (readonly [name: string, newTable: () => CallTable<Entry>])[] = [
  ["a table by last bits", () => new OpenCalls<Entry>()],
  ["a table that hashes", () => new FewCalls<Entry>()],
];

describe.each(tables)("%s", (_name, newTable) => {
  test("what is open is found by its id, in the order in which it began, and nothing else is", () => {
    fc.assert(
      fc.property(openings, (steps) => {
        const calls = newTable();
        const open = new Map<number, Entry>();
        let id = 0;
        for (const { skip, deadline, ends } of steps) {
          id += 1 + skip;
          const call = { id, deadline };
          open.set(id, call);
          calls.add(call);
          for (const end of ends) {
            const ended = [...open.values()][end % Math.max(1, open.size)];
            if (ended === undefined) continue;
            open.delete(ended.id);
            calls.delete(ended);
            expect(calls.get(ended.id)).toBeUndefined();
          }
          expect(calls.size).toBe(open.size);
        }

        for (const call of open.values()) expect(calls.get(call.id)).toBe(call);
        expect(calls.all()).toEqual([...open.values()]);
      }),
    );
  });

  test("what is due comes out in the order of its time, and nothing that is due is ever passed over", () => {
    fc.assert(
      fc.property(openings, fc.nat({ max: 1_000 }), (steps, now) => {
        const calls = newTable();
        const open = steps.map(({ deadline }, index) => ({ id: index + 1, deadline }));
        for (const call of open) calls.add(call);
        const times = open.flatMap(({ deadline }) => deadline ?? []).toSorted(ascending);
        expect(calls.dueAt).toBe(times[0]);
        const due = calls.due(now);

        expect(due.map(({ deadline }) => deadline)).toEqual(times.filter((at) => at <= now));
        expect(calls.dueAt).toBe(times.find((at) => at > now));
      }),
    );
  });

  test("with no call open nothing is waited for, and what has ended twice has ended once", () => {
    const calls = newTable();
    const [one, other] = [
      { id: 1, deadline: 1 },
      { id: 2, deadline: 2 },
    ];
    calls.add(one);
    calls.add(other);
    calls.delete(one);
    calls.delete(one);
    expect(calls.size).toBe(1);
    expect(calls.dueAt).toBeLessThanOrEqual(2);
    calls.delete(other);

    expect([calls.size, calls.dueAt]).toEqual([0, undefined]);
  });

  test("calls that are in each other's way are found, counted, listed and ended one by one", () => {
    const calls = newTable();
    const open = [1, 2, 3, 2 + 1_024, 3 + 1_024, 2 + 2_048].map((id) => ({ id, deadline: id }));
    for (const call of open) calls.add(call);
    expect(calls.all()).toEqual(open);
    expect(calls.due(2_000)).toEqual(open.filter(({ id }) => id <= 2_000));
    while (open.length > 0) {
      const [ended] = open.splice(open.length === 6 ? 3 : open.length >> 1, 1);
      if (ended === undefined) throw new Error("none is open");
      calls.delete(ended);
      calls.delete(ended);

      expect(calls.get(ended.id)).toBeUndefined();
      expect(open.map(({ id }) => calls.get(id))).toEqual(open);
      expect(calls.all()).toEqual(open);
      expect(calls.size).toBe(open.length);
    }
  });

  test("a call that stays open for days is found beside the million that came after it", () => {
    const calls = newTable();
    const old = { id: 1, deadline: undefined };
    calls.add(old);
    for (let id = 2; id <= 1_000_000; id += 1) {
      const call = { id, deadline: id };
      calls.add(call);
      calls.delete(call);
    }

    expect(calls.get(1)).toBe(old);
    expect(calls.all()).toEqual([old]);
  });
});
