/** What promises more than it holds is refused by its headers, before a decoder sees it. */
import { encode } from "@msgpack/msgpack";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endOfFrame, endOfValue } from "../../src/wire/byte-budget.ts";
import { limitsWith } from "../../src/wire/limits.ts";
import { valueToBytes } from "../../src/wire/values.ts";
import { WireError } from "../../src/wire/wire-error.ts";
import { fromHex } from "../hex.ts";
import { thrownClass } from "../thrown.ts";
import { travelling } from "./arbitrary-frame.ts";
import { bombs } from "./bombs.ts";

const budget = limitsWith();

/** Every header of MessagePack once, with the least that may stand behind it. */
const oneOfEach: readonly (readonly [name: string, hex: string])[] = [
  ["positive fixint", "7f"],
  ["fixmap", "81 a1 61 00"],
  ["fixarray", "91 00"],
  ["fixstr", "a1 61"],
  ["nil", "c0"],
  ["false", "c2"],
  ["true", "c3"],
  ["bin 8", "c4 01 ff"],
  ["bin 16", "c5 00 01 ff"],
  ["bin 32", "c6 00 00 00 01 ff"],
  ["ext 8", "c7 02 05 ff ff"],
  ["ext 16", "c8 00 02 05 ff ff"],
  ["ext 32", "c9 00 00 00 02 05 ff ff"],
  ["float 32", "ca 00 00 00 00"],
  ["float 64", "cb 00 00 00 00 00 00 00 00"],
  ["uint 8", "cc ff"],
  ["uint 16", "cd ff ff"],
  ["uint 32", "ce ff ff ff ff"],
  ["uint 64", "cf ff ff ff ff ff ff ff ff"],
  ["int 8", "d0 ff"],
  ["int 16", "d1 ff ff"],
  ["int 32", "d2 ff ff ff ff"],
  ["int 64", "d3 ff ff ff ff ff ff ff ff"],
  ["fixext 1", "d4 05 ff"],
  ["fixext 2", "d5 05 ff ff"],
  ["fixext 4", "d6 05 ff ff ff ff"],
  ["fixext 8", `d7 05 ${"ff ".repeat(8)}`],
  ["fixext 16", `d8 05 ${"ff ".repeat(16)}`],
  ["str 8", "d9 01 61"],
  ["str 16", "da 00 01 61"],
  ["str 32", "db 00 00 00 01 61"],
  ["array 16", "dc 00 01 00"],
  ["array 32", "dd 00 00 00 01 00"],
  ["map 16", "de 00 01 a1 61 00"],
  ["map 32", "df 00 00 00 01 a1 61 00"],
  ["negative fixint", "ff"],
];

describe("every header of MessagePack", () => {
  test.each(oneOfEach)("%s ends where its value ends", (_name, hex) => {
    const bytes = fromHex(`00 ${hex} 00`);

    expect(endOfValue(bytes, 1, budget)).toBe(bytes.length - 1);
  });

  test.each(oneOfEach)("%s is refused at each byte at which it may be cut off", (_name, hex) => {
    const bytes = fromHex(hex);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => endOfValue(bytes.subarray(0, length), 0, budget)).toThrow(WireError);
    }
  });

  test("the one byte that starts no value is refused", () => {
    expect(() => endOfValue(fromHex("c1"), 0, budget)).toThrow("0xc1 starts no MessagePack value");
  });
});

test("where a value ends is where the library's encoding of it ends, whatever follows", () => {
  fc.assert(
    fc.property(travelling, fc.uint8Array({ maxLength: 5 }), (value, rest) => {
      const bytes = valueToBytes(value);

      expect(endOfValue(Uint8Array.of(...bytes, ...rest), 0, budget)).toBe(bytes.length);
    }),
  );
});

test("a value that is cut off anywhere is refused", () => {
  fc.assert(
    fc.property(travelling, fc.nat(), (value, at) => {
      const bytes = valueToBytes(value);

      expect(() => endOfValue(bytes.subarray(0, at % bytes.length), 0, budget)).toThrow(WireError);
    }),
  );
});

test("any bytes at all either end within themselves or are refused, never anything else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      let end = 1;
      const thrown = thrownClass(() => (end = endOfValue(bytes, 0, budget)));

      expect([undefined, WireError]).toContain(thrown);
      expect(end).toBeGreaterThan(0);
      expect(end).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 5_000 },
  );
});

test.each(bombs)("$name is refused", ({ bytes, says }) => {
  expect(() => endOfValue(bytes(), 0, budget)).toThrow(says);
});

test("elements are promised together: two arrays may not count on the same bytes", () => {
  // [3 elements of which the first is an array of 3]: five promised, four bytes left behind the inner header
  const bytes = fromHex("93 93 00 00 00 00 00");

  expect(endOfValue(bytes, 0, budget)).toBe(7);
  expect(() => endOfValue(bytes.subarray(0, 6), 0, budget)).toThrow("headers promise");
});

/** A zero in so many arrays of one element. */
function nested(levels: number): Uint8Array {
  return Uint8Array.of(...Array.from<number>({ length: levels }).fill(0x91), 0x00);
}

describe("depth counts arrays and maps", () => {
  test("64 levels pass with something in the last, 65 do not", () => {
    expect(endOfValue(nested(64), 0, budget)).toBe(65);
    expect(() => endOfValue(nested(65), 0, budget)).toThrow("values nest deeper than 64");
  });

  test("a frame's own array is no level", () => {
    expect(endOfFrame(nested(65), 0, budget)).toBe(66);
    expect(() => endOfFrame(nested(66), 0, budget)).toThrow("values nest deeper than 64");
  });

  test("the deepest value that is sent is the deepest that is read", () => {
    let value: unknown = "x";
    for (let level = 0; level < 64; level += 1) value = [value];
    const bytes = valueToBytes(value);

    expect(endOfValue(bytes, 0, budget)).toBe(bytes.length);
    expect(() => valueToBytes([value])).toThrow(/depth/i);
  });
});

test("the budget's number of values is the last that passes", () => {
  const small = { depth: 3, values: 5 };

  expect(endOfValue(encode([1, 2, 3, 4]), 0, small)).toBe(5);
  expect(() => endOfValue(encode([1, 2, 3, 4, 5]), 0, small)).toThrow("more than 5 values");
  expect(() => endOfValue(encode({ a: 1, b: 2, c: 3 }), 0, small)).toThrow("more than 5 values");
});

describe("texts", () => {
  test.each([
    ["a lone continuation byte", "a1 80"],
    ["an overlong slash", "a2 c0 af"],
    ["half a surrogate pair", "a3 ed a0 80"],
    ["a code point past the last", "a4 f4 90 80 80"],
    ["a sequence that its header cuts", "a2 e2 82 ac"],
    ["a long text with one bad byte", `d9 21 ${"61 ".repeat(32)} ff`],
  ])("%s is refused", (_name, hex) => {
    expect(() => endOfValue(fromHex(hex), 0, budget)).toThrow("a text is not UTF-8");
  });

  test("bytes need not be text", () => {
    expect(endOfValue(fromHex("c4 03 ed a0 80"), 0, budget)).toBe(5);
  });
});

test.each([
  ["a number", "81 01 00"],
  ["bytes", "81 c4 01 61 00"],
  ["an extension", "81 d4 05 61 00"],
  ["nil", "81 c0 00"],
  ["an array", "81 90 00"],
])("a map with %s for a key is refused", (_name, hex) => {
  expect(() => endOfValue(fromHex(hex), 0, budget)).toThrow("a key that is not a string");
});

test("a view into a larger buffer is read from where it starts", () => {
  const whole = fromHex("ff ff dc 00 01 a1 61 ff");

  expect(endOfValue(whole.subarray(2, 7), 0, budget)).toBe(5);
});
