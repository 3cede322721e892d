/** A limit on the other side's silence, in time in which this side could have heard it. */
import { expect, test } from "vitest";
import { Patience } from "../../src/session/patience.ts";

test("looks that are late by a few milliseconds do not put its end off", () => {
  const patience = new Patience(800, 0);
  for (let now = 103; now < 800; now += 103) expect(patience.isOver(now)).toBe(false);

  expect(patience.wakeAt).toBe(800);
  expect(patience.isOver(799)).toBe(false);
  expect(patience.isOver(800)).toBe(true);
});

test("by how much a look is later than that, by so much later is its end", () => {
  const patience = new Patience(800, 0);
  expect(patience.isOver(130)).toBe(false);
  for (let now = 230; now < 830; now += 100) expect(patience.isOver(now)).toBe(false);

  expect(patience.isOver(829)).toBe(false);
  expect(patience.isOver(830)).toBe(true);
});
