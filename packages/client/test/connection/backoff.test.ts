/** The waits between attempts stay within their bounds, whatever chance says. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  backoffMs,
  defaultBackoff,
  hintedMs,
  serverBehindMs,
} from "../../src/connection/backoff.ts";

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failures = fc.integer({ min: 1, max: 10_000 });

test("a wait is never negative and never above its bound, which doubles up to the cap", () => {
  fc.assert(
    fc.property(failures, chance, (count, random) => {
      const most = Math.min(30_000, 1_000 * 2 ** (count - 1));
      const wait = backoffMs(defaultBackoff, count, () => random);

      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(most);
    }),
  );
});

test("the whole range is used: chance 0 waits not at all, chance 1 up to the bound", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7].map((count) => backoffMs(defaultBackoff, count, () => 1));

  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  expect(backoffMs(defaultBackoff, 7, () => 0)).toBe(0);
});

test("a wait for a newer server is between 1 and 60 seconds", () => {
  fc.assert(
    fc.property(failures, chance, (count, random) => {
      const wait = serverBehindMs(count, () => random);

      expect(wait).toBeGreaterThanOrEqual(1_000);
      expect(wait).toBeLessThanOrEqual(60_000);
    }),
  );
});

test("a wait that the server asked for is never shorter, and longer by half or a second at most", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600_000 }), chance, (afterMs, random) => {
      const wait = hintedMs(afterMs, () => random);

      expect(wait).toBeGreaterThanOrEqual(afterMs);
      expect(wait).toBeLessThanOrEqual(afterMs + Math.max(1_000, afterMs / 2));
    }),
  );
});
