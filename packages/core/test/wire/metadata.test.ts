/** Metadata: in order, with repeated keys, within its grammar and its limit. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  metadataBytes,
  metadataFrom,
  type MetadataInit,
  metadataValue,
  noMetadata,
  putMetadata,
  readMetadata,
} from "../../src/wire/metadata.ts";
import { Output } from "../../src/wire/output.ts";
import { Source } from "../../src/wire/source.ts";
import { valueToBytes } from "../../src/wire/values.ts";
import { metadata } from "./arbitrary-frame.ts";

test("pairs keep their order and repeat", () => {
  const pairs = metadataFrom(
    [
      ["b", "1"],
      ["a", "2"],
      ["b", "3"],
    ],
    100,
  );

  expect(pairs).toEqual([
    ["b", "1"],
    ["a", "2"],
    ["b", "3"],
  ]);
  expect(metadataValue(pairs, "b")).toBe("1");
  expect(metadataValue(pairs, "c")).toBeUndefined();
});

test("an object stands for pairs, and nothing for none", () => {
  expect(metadataFrom({ trace: "t-1", blob: Uint8Array.of(1) }, 100)).toEqual([
    ["trace", "t-1"],
    ["blob", Uint8Array.of(1)],
  ]);
  expect(metadataFrom(undefined, 1)).toBe(noMetadata);
});

test("what goes onto the wire comes back, and counts the same on both sides", () => {
  fc.assert(
    fc.property(metadata, (pairs) => {
      const output = new Output(8);
      putMetadata(output, pairs);
      const bytes = output.part();
      const received = readMetadata(new Source(bytes));

      expect(bytes).toEqual(valueToBytes(pairs.flat()));
      expect(received).toEqual(pairs);
      expect(metadataBytes(received)).toBe(metadataBytes(pairs));
    }),
  );
});

describe("what may not travel is refused before it is sent", () => {
  test.each<readonly [name: string, init: MetadataInit, code: string]>([
    ["a key in capitals", { Trace: "1" }, "invalid_argument"],
    ["an empty key", { "": "1" }, "invalid_argument"],
    ["a key with a space", { "a b": "1" }, "invalid_argument"],
    ["a key of 129 letters", { ["a".repeat(129)]: "1" }, "invalid_argument"],
    ["a key called __proto__", [["__proto__", "1"]], "invalid_argument"],
    ["half a surrogate pair", { a: "\ud83d" }, "invalid_argument"],
    ["a number that no compiler saw", JSON.parse('{ "a": 1 }'), "invalid_argument"],
    ["nothing that no compiler saw", JSON.parse('{ "a": null }'), "invalid_argument"],
    ["eleven bytes of ten", { a: "0123456789" }, "resource_exhausted"],
    ["four emoji, which are sixteen bytes", { a: "😀😀😀😀" }, "resource_exhausted"],
  ])("%s", (_name, init, code) => {
    expect(() => metadataFrom(init, 10)).toThrow(expect.objectContaining({ code }));
  });

  test.each([5, "ab", new Map([["tenant", "a"]]), new Headers({ tenant: "a" })])(
    "what is neither pairs nor a plain object is refused, where nothing of it would be sent: %o",
    (init) => {
      const given = init as unknown as MetadataInit; // as JavaScript gives it
      expect(() => metadataFrom(given, 100)).toThrow(
        expect.objectContaining({
          code: "invalid_argument",
          rawMessage: "Metadata is a list of pairs or a plain object.",
        }),
      );
    },
  );

  test("the limit itself is not over it", () => {
    expect(metadataFrom({ a: "012345678" }, 10)).toHaveLength(1);
  });
});
