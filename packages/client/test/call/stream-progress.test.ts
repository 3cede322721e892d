/** How far a stream has come: its cursor, and whose credit each of its items is. */
import { expect, test } from "vitest";
import { StreamProgress } from "../../src/call/stream-progress.ts";

test("items of a call that is over give no credit to the one after it", () => {
  const progress = new StreamProgress();
  progress.item(10, "a");
  progress.item(20, "b");
  expect(progress.consumed(10)).toBe(true);
  progress.again();
  progress.item(30, "c");

  expect(progress.consumed(20)).toBe(false);
  expect(progress.consumed(30)).toBe(true);
});

test("the last cursor goes back behind the metadata; an item without one leaves it", () => {
  const progress = new StreamProgress();
  expect(progress.mark([["a", "b"]])).toEqual([["a", "b"]]);
  progress.item(1, "first");
  progress.item(1, undefined);

  expect(progress.cursor).toBe("first");
  expect(progress.mark([["a", "b"]])).toEqual([
    ["a", "b"],
    ["concordat-cursor", "first"],
  ]);
});

test("a server that sends something endless as a cursor is not asked with it", () => {
  const progress = new StreamProgress();
  progress.item(1, "good");
  progress.item(1, "x".repeat(1_025));

  expect(progress.cursor).toBe("good");
});
