/** Texts and numbers are read where they stand, whatever stands behind them. */
import { expect, test } from "vitest";
import { Source } from "../../src/wire/source.ts";
import { WireError } from "../../src/wire/wire-error.ts";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const encoder = new TextEncoder();

/** Reads behind one byte that is not looked at, with so many bytes behind what is read. */
function behind(bytes: readonly number[], more: number): Source {
  const source = new Source(Uint8Array.from([0x7a, ...bytes, ...Array(more).fill(0x7a)]));
  source.at = 1;
  return source;
}

test.each([0, 1, 7, 8, 15, 16, 40])(
  "a text of any length ends where it ends, with %i bytes behind it",
  (more) => {
    for (let length = 0; length <= letters.length; length += 1) {
      for (const text of [letters.slice(0, length), `${letters.slice(0, length)}\u00e9`]) {
        const bytes = [...encoder.encode(text)];
        const source = behind(bytes, more);

        expect(source.takeText(bytes.length)).toBe(text);
        expect(source.at).toBe(1 + bytes.length);
      }
    }
  },
);

test("a text that is cut off is refused, however long", () => {
  for (let length = 1; length <= letters.length; length += 1) {
    const source = behind([...encoder.encode(letters.slice(0, length))], 0);

    expect(() => source.takeText(length + 1)).toThrow(WireError);
  }
});

test.each<[number, number[]]>([
  [0x80, [0xcc, 0x80]],
  [0x1234, [0xcd, 0x12, 0x34]],
  [0xffff, [0xcd, 0xff, 0xff]],
  [0x1234_5678, [0xce, 0x12, 0x34, 0x56, 0x78]],
  [0xffff_ffff, [0xce, 0xff, 0xff, 0xff, 0xff]],
  [0x1_0000_0002, [0xcf, 0, 0, 0, 1, 0, 0, 0, 2]],
  [-128, [0xd0, 0x80]],
  [-2, [0xd1, 0xff, 0xfe]],
  [-3, [0xd2, 0xff, 0xff, 0xff, 0xfd]],
  [0.5, [0xca, 0x3f, 0, 0, 0]],
  [-0.5, [0xcb, 0xbf, 0xe0, 0, 0, 0, 0, 0, 0]],
])(
  "%d is read at the end of its bytes and before others, and refused where its last byte is missing",
  (value, bytes) => {
    for (const more of [0, 9]) {
      const source = behind(bytes, more);

      expect(source.nextNumber()).toBe(value);
      expect(source.at).toBe(1 + bytes.length);
    }
    expect(() => behind(bytes.slice(0, -1), 0).nextNumber()).toThrow(WireError);
  },
);
