/** UTF-8 as RFC 3629 has it, with the platform's strict decoder as oracle. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isUtf8, utf8Length } from "../../src/wire/utf8.ts";
import { fromHex, toHex } from "../hex.ts";

function strictDecoderAccepts(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes that are nearly UTF-8: pieces of real sequences, and the bytes at which the rules change. */
const nearly = fc
  .array(
    fc.oneof(
      fc
        .string({ unit: "binary", maxLength: 3 })
        .map((text) => Array.from(new TextEncoder().encode(text))),
      fc
        .constantFrom(0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed)
        .map((byte) => [byte]),
      fc.constantFrom(0xee, 0xef, 0xf0, 0xf3, 0xf4, 0xf5, 0xff).map((byte) => [byte]),
    ),
    { maxLength: 12 },
  )
  .map((parts) => Uint8Array.from(parts.flat()));

test("bytes are accepted exactly when a strict decoder accepts them", () => {
  fc.assert(
    fc.property(fc.oneof(nearly, fc.uint8Array({ maxLength: 12 })), (bytes) => {
      expect(isUtf8(bytes, 0, bytes.length)).toBe(strictDecoderAccepts(bytes));
    }),
    { numRuns: 5_000 },
  );
});

test("every pair and every lead of three bytes is judged as a strict decoder judges it", () => {
  const differently: string[] = [];
  for (let pair = 0; pair < 65_536; pair += 1) {
    for (const rest of [[], [0x80], [0x80, 0x80]]) {
      const bytes = Uint8Array.of(pair >> 8, pair & 0xff, ...rest);
      if (isUtf8(bytes, 0, bytes.length) !== strictDecoderAccepts(bytes)) {
        differently.push(toHex(bytes));
      }
    }
  }

  expect(differently).toEqual([]);
});

test("a sequence is not completed by bytes outside of the range", () => {
  const euro = fromHex("e2 82 ac");

  expect(isUtf8(euro, 0, 3)).toBe(true);
  expect(isUtf8(euro, 0, 2)).toBe(false);
  expect(isUtf8(euro, 1, 3)).toBe(false);
  expect(isUtf8(euro, 3, 3)).toBe(true);
});

test("the length of a text is that of its encoding, also with half a surrogate pair in it", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 0xffff }), { maxLength: 20 }), (units) => {
      const text = String.fromCharCode(...units);

      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
    }),
  );
});
