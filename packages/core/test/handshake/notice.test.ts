/** Notices hold only what a person can be shown. */
import { expect, test } from "vitest";

import { noticeFromText } from "../../src/handshake/notice.ts";
import { hostileValues } from "./hostile-json.ts";

const whole = {
  since: "1.2.0",
  deprecated: "2026-01-31",
  sunset: "2026-12-31",
  successor: "2.0.0",
  message: "Please update.",
  url: "https://example.com/why",
  contract: "orders",
  release: "1.2.0",
  procedure: "place",
  withinMs: 60_000,
};

function noticeFrom(json: object): object | undefined {
  return noticeFromText(JSON.stringify(json), 10_000);
}

test("a notice comes back whole", () => {
  expect(noticeFrom(whole)).toEqual(whole);
});

test("whatever is no text, no time or no address is left out, and nothing else is", () => {
  for (const name of Object.keys(whole)) {
    for (const value of hostileValues) {
      const read = noticeFrom({ ...whole, [name]: value });
      const others = Object.entries(whole).filter(([other]) => other !== name);
      const kept = typeof value === typeof Reflect.get(whole, name) ? read : {};

      expect(read).toEqual({ ...kept, ...Object.fromEntries(others) });
    }
  }
  expect(noticeFrom({ url: "javascript:alert(1)", withinMs: -1 })).toEqual({});
});

test("a text that is too long, or no object, says nothing", () => {
  expect(noticeFromText(JSON.stringify(whole), 20)).toBeUndefined();
  for (const text of ["null", "[]", "1", '"a"', "{", ""])
    expect(noticeFromText(text, 20)).toBeUndefined();
});

test("the longest names come back whole, and what is longer is no name", () => {
  const longest = { contract: "c".repeat(64), release: "1".repeat(64), procedure: "p".repeat(200) };
  const longer = Object.entries(longest).map(([name, value]) => [name, `${value}x`]);

  expect(noticeFrom(longest)).toEqual(longest);
  expect(noticeFrom(Object.fromEntries(longer))).toEqual({});
});
