/** Which items of a stream give credit back to the call that it takes now. */
import { maxCursorBytes } from "@concordat/core/internal";
import { expect, test } from "vitest";
import { StreamProgress } from "../../src/call/stream-progress.ts";

test("items give credit back to the call that they came on, and to no later one", () => {
  const progress = new StreamProgress();
  for (const bytes of [10, 20, 30]) progress.item(bytes, undefined);
  expect(progress.consumed(10)).toBe(true);
  progress.again();
  progress.item(40, undefined);

  expect([20, 30, 40].map((bytes) => progress.consumed(bytes))).toEqual([false, false, true]);
});

test("a cursor longer than a server takes is none: the one before it stands", () => {
  const progress = new StreamProgress();
  const longest = "x".repeat(maxCursorBytes);
  progress.item(1, longest);
  progress.item(1, `${longest}x`);
  progress.item(1, undefined);

  expect(progress.cursor).toBe(longest);
});
