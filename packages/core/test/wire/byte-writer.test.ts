/** What is written by hand is byte for byte what the library writes. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ByteWriter } from "../../src/wire/byte-writer.ts";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import { valueToBytes } from "../../src/wire/values.ts";

const part = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.maxSafeNat(),
  fc.constantFrom(0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000, 0xffff_ffff, 0x1_0000_0000),
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.string({ unit: "grapheme-ascii", maxLength: 80 }),
);

test("numbers and texts are the library's, whatever the buffer starts with", () => {
  fc.assert(
    fc.property(fc.array(part), fc.nat({ max: 64 }), (parts, capacity) => {
      const writer = new ByteWriter(capacity);
      for (const each of parts) {
        if (typeof each === "number") writer.whole(each);
        else writer.text(each);
      }

      expect(writer.view()).toEqual(concatBytes(parts.map((each) => valueToBytes(each))));
    }),
  );
});

test("a text with half a surrogate pair is refused, and nothing of it is written", () => {
  const writer = new ByteWriter(8);
  writer.byte(0x90);

  expect(() => writer.text("a\ud800")).toThrow(TypeError);
  expect(writer.view()).toEqual(Uint8Array.of(0x90));
});

test("what was cut off is gone, and a view taken before stays as it was", () => {
  const writer = new ByteWriter(2);
  writer.text("kept");
  const before = writer.view();
  writer.text("gone");
  writer.cut(before.length);
  writer.whole(7);

  expect(writer.view()).toEqual(concatBytes([valueToBytes("kept"), valueToBytes(7)]));
  expect(before).toEqual(valueToBytes("kept"));
});
