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

test("a first wait of 0 stays 0, however often it fails", () => {
  expect(backoffMs({ firstMs: 0, capMs: 30_000 }, 10_000, () => 1)).toBe(0);
});

test("the waits for a newer server use the whole of their range, which doubles up to a minute", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7].map((count) => serverBehindMs(count, () => 1));

  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect(serverBehindMs(7, () => 0)).toBe(1_000);
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

test("clients that were told the same wait are spread over a second, or over half of it where that is longer", () => {
  const waits = [0, 1_000, 2_000, 10_000].map((afterMs) => hintedMs(afterMs, () => 0.5) - afterMs);

  expect(waits).toEqual([500, 500, 500, 2_500]);
});
