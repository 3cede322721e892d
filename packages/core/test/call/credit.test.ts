/** Credit: what may be sent is what was promised, plus at most one item. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ReceiveWindow, SendCredit } from "../../src/call/credit.ts";
import { WireError } from "../../src/wire/wire-error.ts";

describe("sending", () => {
  test("an item larger than all credit is sent, and closes it until as much is granted", () => {
    const credit = new SendCredit(10);

    expect(credit.isOpen).toBe(true);
    credit.spend(25);
    expect(credit.isOpen).toBe(false);
    credit.grant(15);
    expect(credit.isOpen).toBe(false);
    credit.grant(1);
    expect(credit.isOpen).toBe(true);
  });

  test("a promise of more than two gigabytes is a fault", () => {
    const credit = new SendCredit(1);

    expect(() => credit.grant(0x7fffffff)).toThrow(
      expect.objectContaining({ name: "WireError", closeName: "flow-control" }),
    );
    expect(new SendCredit(0).grant(0x7fffffff)).toBeUndefined();
  });
});

describe("receiving", () => {
  test("an item without credit is a fault; the one that used it up is not", () => {
    const window = new ReceiveWindow(10);
    window.received(9);
    window.received(1_000);

    expect(() => window.received(1)).toThrow(
      expect.objectContaining({ name: "WireError", closeName: "flow-control" }),
    );
  });

  test("credit is granted by halves, not item by item", () => {
    const window = new ReceiveWindow(10);
    window.received(9);

    expect([2, 2, 1, 4].map((bytes) => window.consumed(bytes))).toEqual([0, 0, 5, 0]);
  });
});

test("for any items and any order of taking them: nobody overruns, nothing gets lost, nobody waits for ever", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 60 });
  const schedule = fc.infiniteStream(fc.nat({ max: 3 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), sizes, schedule, (size, items, turns) => {
      const credit = new SendCredit(size);
      const window = new ReceiveWindow(size);
      const waiting = [...items];
      const pipe: number[] = [];
      const queue: number[] = [];
      const grants: number[] = [];
      let sent = 0;
      let consumed = 0;
      let granted = 0;

      const steps = [
        () => {
          const item = credit.isOpen ? waiting.shift() : undefined;
          if (item === undefined) return;
          credit.spend(item);
          sent += item;
          pipe.push(item);
        },
        () => {
          const item = pipe.shift();
          if (item === undefined) return;
          window.received(item); // throws where the sender overran
          queue.push(item);
        },
        () => {
          const item = queue.shift();
          if (item === undefined) return;
          consumed += item;
          const grant = window.consumed(item);
          if (grant > 0) grants.push(grant);
        },
        () => {
          const grant = grants.shift();
          if (grant === undefined) return;
          credit.grant(grant);
          granted += grant;
        },
      ];
      for (let idle = 0; idle < 50; idle += 1) {
        const before = sent + consumed + granted + pipe.length;
        steps[turns.next().value ?? 0]?.();
        if (sent + consumed + granted + pipe.length !== before) idle = 0;
        // What is not consumed is within the window, but for the one item that went past its end.
        expect(sent - consumed).toBeLessThan(size + Math.max(...items));
      }
      for (let round = 0; round < 300; round += 1) for (const step of steps) step();

      expect(waiting).toEqual([]);
      expect(consumed).toBe(sent);
      expect(consumed - granted).toBeLessThan(Math.max(size, 1));
      expect(credit.isOpen).toBe(true);
    }),
  );
});

test("an overrun is found wherever it happens", () => {
  const window = new ReceiveWindow(1);
  window.received(1);

  expect(() => window.received(1)).toThrow(WireError);
});
