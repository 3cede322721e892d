/** How fast a client may talk. */
import { expect, test } from "vitest";
import { FrameRate } from "../../src/call/frame-rate.ts";
import type { Frame } from "../../src/wire/frame.ts";
import { nil } from "../../src/wire/frame.ts";

const pings = (count: number): readonly Frame[] =>
  Array.from({ length: count }, () => ({ kind: "ping", id: 0, token: 0 }));

test("what comes in a second may come at once, and not one more", () => {
  const rate = new FrameRate(100);
  rate.spend(pings(99), 0); // and the message itself

  expect(() => rate.spend(pings(0), 0)).toThrow(
    expect.objectContaining({ closeName: "too-many-requests" }),
  );
});

test("the bucket fills with time, and never over its rim", () => {
  const rate = new FrameRate(100);
  rate.spend(pings(99), 0);
  rate.spend(pings(49), 500);
  rate.spend(pings(99), 100_000);

  expect(() => rate.spend(pings(49), 100_400)).toThrow("more than 100 frames came in a second");
});

test("a clock that is set back takes nothing away", () => {
  const rate = new FrameRate(100);
  rate.spend(pings(49), 10_000);

  expect(() => rate.spend(pings(49), 5_000)).not.toThrow();
});

test("notifications are bounded by credit as well", () => {
  const rate = new FrameRate(100);
  const told = Array.from({ length: 10_000 }, () => ({
    kind: "notification" as const,
    id: 0 as const,
    procedure: "a/b",
    metadata: [],
    payload: nil,
  }));

  expect(() => rate.spend(told, 0)).not.toThrow();
});

test("items are bounded by credit, and not counted", () => {
  const rate = new FrameRate(100);
  const items = Array.from({ length: 10_000 }, () => ({
    kind: "item" as const,
    id: 1,
    payload: nil,
  }));

  expect(() => rate.spend(items, 0)).not.toThrow();
});
