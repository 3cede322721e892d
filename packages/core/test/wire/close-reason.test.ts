/** Close reasons: never too long, never forged, read whatever has become of them. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatReason, maxReasonBytes, parseReason } from "../../src/wire/close-reason.ts";

const key = fc.stringMatching(/^[a-z][a-zA-Z]{0,19}$/);
const value = fc.stringMatching(/^[A-Za-z0-9.:_,+-]{1,80}$/);
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/);
const wild = fc.string({ unit: "binary" });
const values = fc.dictionary(key, value, { maxKeys: 6, noNullPrototype: true });

test("a reason that a program and a person can read", () => {
  expect(
    formatReason("client-too-old", {
      contract: "orders",
      have: "1.2.0",
      min: "2.0.0",
      max: "3.1.0",
    }),
  ).toBe("client-too-old contract=orders have=1.2.0 min=2.0.0 max=3.1.0");
});

test("whatever goes in, at most 123 bytes of ASCII come out", () => {
  fc.assert(
    fc.property(fc.oneof(name, wild), fc.dictionary(fc.oneof(key, wild), wild), (first, pairs) => {
      const reason = formatReason(first, pairs);

      expect(new TextEncoder().encode(reason).length).toBeLessThanOrEqual(maxReasonBytes);
      expect(reason).toMatch(/^[\x20-\x7e]*$/);
    }),
  );
});

test("what was written is read again: the name, and every pair that was not left out", () => {
  fc.assert(
    fc.property(name, values, (first, pairs) => {
      const reason = formatReason(first, pairs);
      const parsed = parseReason(reason);

      expect(parsed.name).toBe(first);
      for (const [pairKey, pairValue] of Object.entries(pairs)) {
        expect([pairValue, undefined]).toContain(parsed.values.get(pairKey));
      }
      expect(reason.split(" ").length).toBe(parsed.values.size + 1);
    }),
  );
});

test("a pair is left out whole where it does not fit, and a shorter one behind it is not", () => {
  const reason = formatReason("x", { long: "a".repeat(80), longer: "b".repeat(80), short: 1 });

  expect(reason).toBe(`x long=${"a".repeat(80)} short=1`);
});

test("a value cannot forge a second pair, and what is outside the grammar is left out", () => {
  expect(
    formatReason("x", { a: "1 b=2", c: "é", d: "", e: undefined, "f g": "1", G: "1", h: "=" }),
  ).toBe("x");
});

describe("reading is lenient", () => {
  test("pairs may be missing, reordered, repeated and unknown", () => {
    const parsed = parseReason("client-too-old max=3.1.0 later=1 contract=orders max=9.9.9");

    expect(parsed.name).toBe("client-too-old");
    expect([...parsed.values]).toEqual([
      ["max", "3.1.0"],
      ["later", "1"],
      ["contract", "orders"],
    ]);
  });

  test("a name that is missing is empty, and the pairs are read", () => {
    expect(parseReason("min=2.0.0 max=3.1.0")).toEqual({
      name: "",
      values: new Map([
        ["min", "2.0.0"],
        ["max", "3.1.0"],
      ]),
    });
  });

  test("a reason that was cut anywhere still gives the pairs that are whole", () => {
    fc.assert(
      fc.property(name, values, fc.nat(), (first, pairs, cut) => {
        const whole = formatReason(first, pairs);
        const part = whole.slice(0, cut % (whole.length + 1));
        const untouched = part
          .slice(0, Math.max(0, part.lastIndexOf(" ")))
          .split(" ")
          .slice(1);

        const parsed = parseReason(part);

        for (const pair of untouched) {
          const [pairKey = "", pairValue] = pair.split("=");
          expect(parsed.values.get(pairKey)).toBe(pairValue);
        }
      }),
    );
  });

  test("any text at all is read without an error, and never into a plain object", () => {
    fc.assert(
      fc.property(wild, (reason) => {
        expect(parseReason(reason).values).toBeInstanceOf(Map);
      }),
    );
    expect(parseReason("x __proto__=1 constructor=2").values.get("constructor")).toBe("2");
    expect(parseReason("x __proto__=1").values.size).toBe(0);
  });

  test("a peer's reason of a megabyte is looked at no further than a reason can be long", () => {
    expect(parseReason(`x ${"a=1 ".repeat(100)} z=1`).values.has("z")).toBe(false);
  });
});
