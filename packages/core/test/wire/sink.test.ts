/** What is written by hand is byte for byte what the library writes, and comes back. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import { Output } from "../../src/wire/output.ts";
import { putBytes, putListHead, putNumber, type Sink } from "../../src/wire/sink.ts";
import { putText } from "../../src/wire/sink-text.ts";
import { Source } from "../../src/wire/source.ts";
import { valueToBytes } from "../../src/wire/values.ts";

const edges = [0x1f, 0x20, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0xffff_ffff];
const edge = fc.constantFrom(...edges, 0x1_0000_0000, Number.MAX_SAFE_INTEGER);
const part = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.maxSafeInteger(),
  edge,
  edge.map((number) => -number),
  fc.double({ noNaN: true }).map((number) => number + 0 || 0), // -0 becomes 0
  fc.string({ unit: "grapheme", maxLength: 80 }),
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.string({ unit: "grapheme-ascii", maxLength: 80 }),
  fc.uint8Array({ maxLength: 300 }),
);

type Part = number | string | Uint8Array;

function put(to: Sink, value: Part): void {
  if (typeof value === "number") putNumber(to, value);
  else if (typeof value === "string") putText(to, value);
  else putBytes(to, value);
}

function next(from: Source, value: Part): Part | undefined {
  if (typeof value === "number") return from.nextNumber();
  return typeof value === "string" ? from.nextText() : from.nextBytes();
}

test("numbers, texts and bytes are the library's, whatever the buffer starts with", () => {
  fc.assert(
    fc.property(fc.array(part), fc.nat({ max: 64 }), (parts, capacity) => {
      const output = new Output(capacity);
      for (const each of parts) put(output, each);
      const bytes = output.part();

      expect(bytes).toEqual(concatBytes(parts.map((each) => valueToBytes(each))));
      const from = new Source(bytes);
      expect(parts.map((each) => next(from, each))).toEqual(parts);
      expect(from.at).toBe(bytes.length);
    }),
  );
});

test.each([0, 15, 16, 31, 32, 255, 256, 65_535, 65_536])(
  "a text, a list and bytes of %i have the library's head",
  (length) => {
    const list = Array.from({ length }, () => null);
    for (const text of ["x".repeat(length), "é".repeat(length)]) {
      const output = new Output(8);
      putText(output, text);
      expect(output.part()).toEqual(valueToBytes(text));
      expect(new Source(output.part()).nextText()).toBe(text);
    }
    const output = new Output(8);
    putBytes(output, new Uint8Array(length));
    expect(output.part()).toEqual(valueToBytes(new Uint8Array(length)));
    const behind = output.at;
    putListHead(output, length);
    const head = output.part(behind);
    expect(head).toEqual(valueToBytes(list).subarray(0, head.length));
    expect(new Source(valueToBytes(list)).listHead()).toBe(length);
  },
);

test("what is of another kind is not read, and nothing is passed over", () => {
  for (const other of [null, true, [1], { a: 1 }, 7n, new Date(0)]) {
    const from = new Source(valueToBytes(other));

    expect(from.nextNumber()).toBeNaN();
    expect(from.nextText()).toBeUndefined();
    expect(from.nextBytes()).toBeUndefined();
    expect(from.at).toBe(0);
    expect(from.nextValue()).toEqual(valueToBytes(other));
  }
});

test.each(["a\ud800", `${"long ".repeat(20)}\udc00`, "\ud800é"])(
  "a text with half a surrogate pair is refused, and nothing of it is written",
  (text) => {
    const output = new Output(8);
    putListHead(output, 0);

    expect(() => putText(output, text)).toThrow(TypeError);
    expect(output.part()).toEqual(Uint8Array.of(0x90));
  },
);
