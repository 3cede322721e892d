/** Every limit is on by default, and a chosen one is a positive whole number. */
import { expect, test } from "vitest";
import { announce, limitDefaults, limitsWith, type LimitName } from "../../src/wire/limits.ts";

const names = Object.keys(limitDefaults) as LimitName[]; // the list's own keys

test("what nobody chose is the default, and every default is one that could be chosen", () => {
  expect(limitsWith()).toEqual(limitDefaults);
  expect(limitsWith(limitDefaults)).toEqual(limitDefaults);
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

test("the limits that are announced are those that bind the other side", () => {
  expect(announce((name) => limitDefaults[name])).toEqual({
    messageBytes: 1_048_576,
    metadataBytes: 8_192,
    callsInFlight: 1_024,
    streamWindowBytes: 262_144,
    connectionWindowBytes: 1_048_576,
    keepAliveMs: 25_000,
  });
});
