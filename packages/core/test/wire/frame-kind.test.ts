/** The numbers of frames are on the wire for ever. */
import { expect, test } from "vitest";
import { frameKinds, ignorableFrom, isCounted, rowNumbered } from "../../src/wire/frame-kind.ts";

const rows = Object.entries(frameKinds);

test("every number is assigned once and is none of 0", () => {
  const numbers = rows.map(([, { number }]) => number);

  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).not.toContain(0);
});

test("a number leads back to its name, and only assigned ones do", () => {
  for (const [name, { number }] of rows) expect(rowNumbered(number)?.kind).toBe(name);
  const assigned = new Set<number>(rows.map(([, { number }]) => number));
  for (let number = 0; number < 256; number += 1) {
    expect(rowNumbered(number) !== undefined).toBe(assigned.has(number));
  }
});

test("a receiver that does not know a notice may skip it; it has to know all others", () => {
  const ignorable = rows.filter(([, { number }]) => number >= ignorableFrom).map(([name]) => name);

  expect(ignorable).toEqual(["notice"]);
});

test("the frames of calls and notifications count for a resumed session, those of the session do not", () => {
  const kinds = rows.map(([name]) => name as keyof typeof frameKinds); // own keys

  expect(kinds.filter((kind) => isCounted({ kind, id: 0 }))).toEqual([
    "request",
    "item",
    "end",
    "response",
    "error",
    "cancel",
    "credit",
    "leading",
    "notification",
    "notificationCredit",
  ]);
});
