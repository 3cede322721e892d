/** Every limit is on by default, and a chosen one is a positive whole number. */
import { expect, test } from "vitest";
import { announce, limitRules, limitsWith, type LimitName } from "../../src/wire/limits.ts";

const names = Object.keys(limitRules) as LimitName[]; // the table's own keys

test("the defaults are those of the table", () => {
  const limits = limitsWith();
  for (const name of names) expect(limits[name]).toBe(limitRules[name].default);
});

test("one chosen limit leaves all others as they are", () => {
  for (const name of names) {
    expect(limitsWith({ [name]: 7 })).toEqual({ ...limitsWith(), [name]: 7 });
  }
});

test.each([0, -1, 1.5, Number.NaN, Infinity, 2 ** 53])(
  "%d is refused with the limit's name",
  (value) => {
    expect(() => limitsWith({ messageBytes: value })).toThrow(
      `The limit messageBytes must be a positive whole number, not ${value}.`,
    );
  },
);

test("a limit that is undefined is the default", () => {
  expect(limitsWith(JSON.parse("{}"))).toEqual(limitsWith());
});

test("every row has a reason and an answer, and what it answers with is registered", () => {
  for (const name of names) {
    const { reason, answer, default: value } = limitRules[name];
    expect(reason).toMatch(/\.$/);
    expect(answer.length).toBeGreaterThan(0);
    expect(Number.isSafeInteger(value) && value > 0).toBe(true);
  }
});

test("the limits that are announced are those that bind the other side", () => {
  expect(announce((name) => limitRules[name].default)).toEqual({
    messageBytes: 1_048_576,
    metadataBytes: 8_192,
    callsInFlight: 1_024,
    streamWindowBytes: 262_144,
    connectionWindowBytes: 1_048_576,
    keepAliveMs: 25_000,
  });
});
