/** Formats against those of TypeBox, on texts that are nearly of the format. */
import { readFileSync } from "node:fs";

import * as fc from "fast-check";
import { Format } from "typebox/format";
import { expect, test } from "vitest";
import { formats } from "../../../src/schema/format/format.ts";

const examples: Readonly<Record<string, readonly string[]>> = {
  date: ["2024-02-29", "1900-02-29", "2000-02-29", "2024-13-01", "2024-00-10"],
  "date-time": [
    "2024-02-29T23:59:60Z",
    "2024-01-01t00:00:00.123+02:00",
    "2024-01-01T10:00:00Z[Europe/Paris][u-ca=hebrew]",
    "2024-01-01T10:00:00+01:00[!+01:00]",
  ],
  duration: ["P3Y6M4DT12H30M5S", "PT36H", "P2W", "P1Y2D", "PT"],
  email: ["ada@example.org", '"a b"@example.org', "a@[127.0.0.1]", "a@[IPv6:::1]", "a..b@c"],
  hostname: [
    "api.example",
    "a-b.c",
    "-a.b",
    "a--b",
    "ab--c",
    "a.",
    "localhost",
    "abc.".repeat(63) + "a",
  ],
  ipv4: ["192.0.2.1", "256.0.0.1", "1.2.3", "01.2.3.4"],
  ipv6: [
    "2001:db8::1",
    "::",
    "::1",
    "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:1.2.3.4",
    "::ffff:1.2.3.4",
    "1::2::3",
  ],
  "json-pointer": ["", "/", "/a~0b/c~1d", "/a~2", "a"],
  regex: ["^a+$", "(", "[\\w-.]", "\\p{L}"],
  "relative-json-pointer": ["0", "1/a", "0#", "01", "2/~0"],
  time: ["23:59:60Z", "00:29:60+00:30", "12:00:00", "24:00:00Z", "12:00:00.5z", "22:59:60-01:00"],
  uri: [
    "https://u:p@a.example:80/p/q?x=1#f",
    "urn:isbn:1",
    "http://[::1]/",
    "http://[v7.a:b]",
    "//a",
    "a b:c",
  ],
  "uri-reference": ["../a?b#c", "//host/p", "a:b", ":a", "?", "#%2", "http://[1::2:3"],
  uuid: [
    "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
    "f81d4fae",
  ],
};

const edit = fc.record({
  at: fc.nat(40),
  remove: fc.nat(2),
  insert: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...Array.from("019afz-:./@[]%#?+TZ~é "), "::", "") },
    fc.string({ maxLength: 2 }),
  ),
});

function edited(
  text: string,
  edits: readonly { at: number; remove: number; insert: string }[],
): string {
  return edits.reduce(
    (before, { at, remove, insert }) => before.slice(0, at) + insert + before.slice(at + remove),
    text,
  );
}

test("there are examples for every format", () => {
  expect(Object.keys(examples).toSorted()).toEqual([...formats.keys()].toSorted());
});

test.each(Object.keys(examples))("%s is decided as TypeBox decides it", (name) => {
  const check = formats.get(name);
  const near = fc
    .tuple(fc.constantFrom(...(examples[name] ?? [])), fc.array(edit, { maxLength: 3 }))
    .map(([text, edits]) => edited(text, edits));

  fc.assert(
    fc.property(near, (text) => {
      // Which letters Punycode may stand for is left open on purpose.
      fc.pre(name !== "hostname" || !/xn--/i.test(text));
      expect(check?.(text)).toBe(Format.Test(name, text));
    }),
    { numRuns: 2_000 },
  );
});

test("an expression that nobody would write is none: a megabyte of them takes a minute to compile", () => {
  const check = formats.get("regex");

  expect(check?.("a".repeat(4_096))).toBe(true);
  expect(check?.("a".repeat(4_097))).toBe(false);
});

test("the page on release documents names every format that is checked, and no other", () => {
  const file = new URL("../../../../../docs/protocol/release-document.md", import.meta.url);
  const [, said = ""] =
    /^\* `format` is checked where it is (.*)\. Every/m.exec(readFileSync(file, "utf8")) ?? [];
  const named = Array.from(said.matchAll(/`([^`]+)`/g), ([, name]) => name);

  expect(named.toSorted()).toEqual([...formats.keys()].toSorted());
});
