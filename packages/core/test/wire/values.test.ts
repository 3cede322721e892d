/** What travels comes back as it was; what may not travel is refused by name. */
import { encode, ExtData } from "@msgpack/msgpack";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limitsWith } from "../../src/wire/limits.ts";
import { bytesToValue, valueToBytes } from "../../src/wire/values.ts";
import { WireError } from "../../src/wire/wire-error.ts";
import { fromHex, toHex } from "../hex.ts";
import { thrownClass } from "../thrown.ts";
import { travelling } from "./arbitrary-frame.ts";

const budget = limitsWith();

test("every value that travels comes back equal", () => {
  fc.assert(
    fc.property(travelling, (value) => {
      expect(bytesToValue(valueToBytes(value), budget)).toEqual(value);
    }),
    { numRuns: 500 },
  );
});

test("every value that travels comes back equal beside a text of any length with a byte order mark", () => {
  fc.assert(
    fc.property(travelling, fc.integer({ min: 190, max: 300 }), (value, length) => {
      const text = `\ufeff${"x".repeat(length)}`;
      const both = { value, [text]: text };

      expect(bytesToValue(valueToBytes(both), budget)).toEqual(both);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["a property called __proto__", "82 a3 ef bb bf 01 a9 5f 5f 70 72 6f 74 6f 5f 5f 90"],
  ["an extension of nobody", "92 a3 ef bb bf d4 02 00"],
  ["a big integer that is no digits", "92 a3 ef bb bf d4 01 2d"],
  ["an impossible timestamp", "92 a3 ef bb bf c7 0c ff 00 00 00 00 7f ff ff ff ff ff ff ff"],
])("beside a byte order mark, %s is refused", (_name, bytes) => {
  expect(thrownClass(() => bytesToValue(fromHex(bytes), budget))).toBe(WireError);
});

test("a property that is undefined is left out, and -0 becomes 0", () => {
  expect(bytesToValue(valueToBytes({ a: undefined, b: 1 }), budget)).toEqual({ b: 1 });
  expect(Object.is(bytesToValue(valueToBytes(-0), budget), 0)).toBe(true);
});

class Order {
  readonly id = 1;
}

describe("what may not travel is refused by name", () => {
  test.each<readonly [name: string, value: unknown, says: string]>([
    ["a Map", new Map(), "A Map cannot travel"],
    ["a Set", new Set(), "A Set cannot travel"],
    ["a class instance", new Order(), "A class instance cannot travel"],
    ["an ArrayBuffer", new ArrayBuffer(1), "A ArrayBuffer cannot travel"],
    ["a Float32Array", new Float32Array(1), "A Float32Array cannot travel"],
    ["a DataView", new DataView(new ArrayBuffer(1)), "A DataView cannot travel"],
    ["a RegExp", /x/, "A RegExp cannot travel"],
    ["an Error", new Error("x"), "A Error cannot travel"],
    ["a promise", Promise.resolve(), "A Promise cannot travel"],
    ["a function", () => 1, "A function cannot travel"],
    ["a symbol", Symbol("x"), "A symbol cannot travel"],
    ["an invalid Date", new Date(Number.NaN), "An invalid Date cannot travel"],
    ["an integer of 1,001 digits", 10n ** 1_000n, "An integer of 1001 digits cannot travel"],
    [
      "a property called __proto__",
      JSON.parse('{"__proto__": 1}'),
      'A property called "__proto__" cannot travel',
    ],
    ["half a surrogate pair", "cut \ud83d", "half a surrogate pair"],
    ["half a surrogate pair as a key", { "\udc00": 1 }, "half a surrogate pair"],
  ])("%s", (_name, value, says) => {
    for (const nested of [value, [value], { member: value }]) {
      expect(() => valueToBytes(nested)).toThrow(says);
    }
  });

  test("a circle ends in an error, not in a full stack", () => {
    const circle: unknown[] = [];
    circle.push(circle);

    expect(() => valueToBytes(circle)).toThrow(/depth/i);
  });
});

test("whatever is sent is well-formed: half a pair in a text of any length is refused or replaced", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat({ max: 300 }), (text, length) => {
      const cut = `${text}${"x".repeat(length)}\ud83d`;
      let bytes = valueToBytes(null);
      const thrown = thrownClass(() => (bytes = valueToBytes(cut)));

      expect([undefined, TypeError]).toContain(thrown);
      expect(thrownClass(() => bytesToValue(bytes, budget))).toBeUndefined();
    }),
  );
});

test("Korean, which shares its first byte with surrogates, travels", () => {
  const text = "\ud55c\uad6d\uc5b4 \ud7a3";

  expect(bytesToValue(valueToBytes(text), budget)).toBe(text);
});

describe("extensions", () => {
  test("a moment is the timestamp extension, exact to the millisecond", () => {
    for (const time of [0, 1, -1, 1_700_000_000_123, -62_135_596_800_000, 8.64e15, -8.64e15]) {
      expect(bytesToValue(valueToBytes(new Date(time)), budget)).toEqual(new Date(time));
    }
    expect(toHex(valueToBytes(new Date(1_000)))).toBe("d6 ff 00 00 00 01");
  });

  test("a big integer is extension 1 with its decimal digits", () => {
    expect(toHex(valueToBytes(-12n))).toBe("c7 03 01 2d 31 32");
    expect(bytesToValue(valueToBytes(2n ** 200n), budget)).toBe(2n ** 200n);
  });

  test.each([
    ["digits with a plus", new ExtData(1, Uint8Array.from([0x2b, 0x31]))],
    ["no digits", new ExtData(1, new Uint8Array())],
    [
      "hexadecimal",
      new ExtData(
        1,
        Uint8Array.from("0x1f", (c) => c.charCodeAt(0)),
      ),
    ],
    ["1,001 digits", new ExtData(1, new Uint8Array(1_001).fill(0x39))],
    ["a minus alone", new ExtData(1, Uint8Array.of(0x2d))],
  ])("a big integer of %s is refused", (_name, value) => {
    expect(() => bytesToValue(encode(value), budget)).toThrow(WireError);
  });

  test.each([
    ["an extension of nobody", "d4 05 00", "extension 5 is not part of the protocol"],
    ["a timestamp of five bytes", "c7 05 ff 00 00 00 00 00", "timestamp"],
    [
      "a timestamp that no Date can hold",
      "c7 0c ff 00 00 00 00 7f ff ff ff ff ff ff ff",
      "out of range",
    ],
  ])("%s is refused", (_name, hex, says) => {
    expect(() => bytesToValue(fromHex(hex), budget)).toThrow(says);
  });
});

describe("bytes that are not exactly one well-formed value are refused", () => {
  test.each([
    ["nothing", ""],
    ["a value and a byte", "00 00"],
    ["__proto__ as a key", "81 a9 5f 5f 70 72 6f 74 6f 5f 5f 00"],
    ["__proto__ as a long key", "81 d9 09 5f 5f 70 72 6f 74 6f 5f 5f 00"],
    ["__proto__ deep inside", "91 81 a1 61 81 a9 5f 5f 70 72 6f 74 6f 5f 5f 80"],
  ])("%s", (_name, hex) => {
    expect(() => bytesToValue(fromHex(hex), budget)).toThrow(WireError);
  });

  test("names that objects have by birth are ordinary keys and change nobody else", () => {
    const value = bytesToValue(
      encode({ constructor: 1, toString: 2, hasOwnProperty: 3, prototype: 4 }),
      budget,
    );

    expect(Object.entries(value as object)).toHaveLength(4); // an object came out
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect("constructor" in {} && Object.keys({})).toEqual([]);
  });

  test("any bytes at all become a value or a WireError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect([undefined, WireError]).toContain(thrownClass(() => bytesToValue(bytes, budget)));
      }),
      { numRuns: 5_000 },
    );
  });
});
