/** One text for equal documents. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, readableJson } from "../../src/release/canonical.ts";

const json = fc.jsonValue({ depthSize: "small" });

/** The same document with the keys of every object in reverse. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

test("the order of keys does not count", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      expect(readableJson(reversed(value))).toBe(readableJson(value));
    }),
  );
});

test("different documents have different texts", () => {
  fc.assert(
    fc.property(json, json, (left, right) => {
      const isSame = JSON.stringify(JSON.parse(canonicalJson(left))) === canonicalJson(right);

      expect(isSame).toBe(canonicalJson(left) === canonicalJson(right));
    }),
  );
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
  expect(canonicalJson({ a: "1" })).not.toBe(canonicalJson({ a: 1 }));
});

test("the text is read back as the document, in both forms", () => {
  fc.assert(
    fc.property(json, (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));

      expect(JSON.parse(canonicalJson(value))).toEqual(plain);
      expect(JSON.parse(readableJson(value))).toEqual(plain);
    }),
  );
});

test("keys stand in the order of their UTF-16 units, without white space, as RFC 8785 has it", () => {
  const text = canonicalJson({ "\ud83d\ude00": 1, "\ufb33": 2, b: { z: [1, 2], a: null }, "1": 3 });

  expect(text).toBe('{"1":3,"b":{"a":null,"z":[1,2]},"\ud83d\ude00":1,"\ufb33":2}');
});

test("a member that is undefined is left out, and __proto__ is a key like any other", () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  expect(canonicalJson(JSON.parse('{"__proto__": {"a": 1}}'))).toBe('{"__proto__":{"a":1}}');
});

test("a release file is indented and ends with a newline", () => {
  expect(readableJson({ b: 1, a: [] })).toBe('{\n  "a": [],\n  "b": 1\n}\n');
});
