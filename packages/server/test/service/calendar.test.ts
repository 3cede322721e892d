/** Days of notices are days that exist, and begin in UTC. */
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { beginningOf, dayOf } from "../../src/service/calendar.ts";

test("a day begins at midnight in UTC", () => {
  expect(beginningOf("2027-01-31")).toBe(Date.UTC(2027, 0, 31));
  expect(dayOf(Date.UTC(2027, 0, 31, 23, 59, 59))).toBe("2027-01-31");
});

test.each([
  "2027-02-29",
  "2027-13-01",
  "2027-1-1",
  "2027-01",
  "2027",
  "31.01.2027",
  "2027-01-31T00:00:00Z",
  "",
  "soon",
])("%j is no day", (text) => {
  expect(beginningOf(text)).toBeUndefined();
});

test("every day of every year is the day that it begins", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000 }), (days) => {
      const day = dayOf(days * 86_400_000);
      fc.pre(day.length === 10);

      expect(beginningOf(day)).toBe(days * 86_400_000);
    }),
  );
});
