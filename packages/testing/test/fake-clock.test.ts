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
