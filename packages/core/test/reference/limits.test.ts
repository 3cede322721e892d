/** The table of limits says of every limit what it is for. */
import { expect, test } from "vitest";
import { limitRules } from "../../src/reference/limits.ts";
import { limitDefaults, type LimitName } from "../../src/wire/limits.ts";

const names = Object.keys(limitDefaults) as LimitName[]; // the list's own keys

test("every limit has one row, with the default that holds", () => {
  expect(Object.keys(limitRules).toSorted()).toEqual(names.toSorted());
  for (const name of names) expect(limitRules[name].default).toBe(limitDefaults[name]);
});

test("every row has a reason and an answer", () => {
  for (const { reason, answer } of Object.values(limitRules)) {
    expect(reason).toMatch(/\.$/);
    expect(answer.length).toBeGreaterThan(0);
  }
});
