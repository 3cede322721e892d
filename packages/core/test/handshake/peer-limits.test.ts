/** A peer's limits are believed only within bounds that this side can work with. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { SendCredit } from "../../src/call/credit.ts";
import { peerLimitsFrom } from "../../src/handshake/peer-limits.ts";
import { announce, limitDefaults } from "../../src/wire/limits.ts";

const defaults = announce((name) => limitDefaults[name]);

test.each([
  ["a little more than the default", (name: keyof typeof defaults) => limitDefaults[name] + 1],
  ["the least", (name: keyof typeof defaults) => (name === "messageBytes" ? 1_024 : 1)],
  ["the most that a timer counts", () => 0x7fffffff],
])("what a peer announced is what it gets: %s", (_how, amountOf) => {
  const said = announce(amountOf);

  expect(peerLimitsFrom({ ...said })).toEqual(said);
});

test.each([null, "1", -1, 0, 1.5, Number.NaN, Infinity, [], {}])(
  "%j stands for the default",
  (value) => {
    expect(peerLimitsFrom({ ...announce(() => value as number) })).toEqual(defaults); // a peer's types are its own
  },
);

test("nothing said stands for the defaults", () => {
  expect(peerLimitsFrom({})).toEqual(defaults);
});

test("a message has room for a pong and for an error, however little the peer says", () => {
  expect(peerLimitsFrom({ messageBytes: 1 }).messageBytes).toBe(1_024);
});

test("whatever is said, credit can hold it and a timer can count it", () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      const limits = peerLimitsFrom({ ...announce(() => value) });
      const credit = new SendCredit(0);
      credit.grant(limits.connectionWindowBytes);

      expect(credit.isOpen).toBe(true);
      for (const limit of Object.values(limits)) {
        expect(limit).toBeGreaterThan(0);
        expect(limit).toBeLessThanOrEqual(0x7fffffff);
      }
    }),
  );
});
