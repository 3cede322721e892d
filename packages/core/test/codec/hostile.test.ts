/** What a peer may send instead of a message. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compiled } from "../../src/codec/compiled.ts";
import { Mismatch } from "../../src/schema/shape.ts";
import { shapeOf } from "../../src/schema/shape-of-schema.ts";
import type { Definitions, Schema } from "../../src/schema/schema.ts";
import { WireError } from "../../src/wire/wire-error.ts";
import { fromHex } from "../hex.ts";

import type { Case } from "../schema/schema-arbitrary.ts";
import { codecCases, read, runners, thrownBy, written } from "./codec-case.ts";

const numRuns = Number(process.env["CODEC_RUNS"] ?? 2_000);
const timeout = 1_200_000;

/** A message with a few bytes changed, left out or put in. */
const broken: fc.Arbitrary<{ readonly each: Case; readonly bytes: Uint8Array }> = codecCases.chain(
  (each) => {
    let valid: Uint8Array;
    try {
      valid = written(each, compiled);
    } catch {
      valid = Uint8Array.of(0x92, 0xa1, 0x61, 0x91, 0x01);
    }
    const place = fc.nat(valid.length);
    const byte = fc.oneof(fc.constantFrom(0x90, 0x92, 0xc0, 0xdd, 0xff, 0xdb, 0xc6), fc.nat(255));
    const edit = fc.tuple(place, fc.nat(2), fc.array(byte, { maxLength: 3 }));
    return fc.array(edit, { minLength: 1, maxLength: 2 }).map((edits) => {
      const bytes = [...valid];
      for (const [at, drop, put] of edits) bytes.splice(at, drop, ...put);
      return { each, bytes: Uint8Array.from(bytes) };
    });
  },
);

function outcomeOf(act: () => unknown): { readonly value?: unknown; readonly error?: unknown } {
  try {
    return { value: act() };
  } catch (error) {
    return { error };
  }
}

/** An object of two fields, the second of which is 1000. */
function before1000(first: string): Uint8Array {
  return fromHex(`92${first}cd03e8`);
}

describe.each(runners)("what says wrongly how long it is, read by %s,", (_name, make) => {
  const integer: Schema = { type: "integer" };
  const some: Schema = {
    type: "object",
    properties: { a: integer, b: integer },
    required: ["a"],
  };
  const names = Array.from({ length: 33 }, (_, index) => `p${String(index).padStart(2, "0")}`);
  const many: Schema = {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, integer])),
  };
  const either: Schema = { anyOf: [integer, { type: "boolean" }] };

  test.each<[string, Schema, string, string]>([
    ["fewer properties than there are fields", some, "93010506", "930005"],
    ["a property that is not declared", some, "93010506", "930205"],
    ["fewer of many properties than there are fields", many, "93010005", "930000"],
    ["more than an alternative", either, "920005", "930005"],
    ["an alternative that there is not", either, "920005", "9202"],
    ["null where it is no alternative", either, "920005", "c0"],
    ["no list where one belongs", { type: "array", items: integer }, "9105", "05"],
    ["no object where one belongs", some, "920005", "05"],
  ])("%s: is refused, and nothing behind it is taken for a part", (_what, x, good, bad) => {
    const schema: Schema = { type: "object", properties: { x, y: integer }, required: ["x", "y"] };
    const given = { schema, definitions: {} };

    expect(read(given, make, before1000(good))).toMatchObject({ y: 1_000 });
    expect(thrownBy(() => read(given, make, before1000(bad)))).toBeInstanceOf(Mismatch);
  });
});

test.each(runners)(
  "broken bytes are refused by %s, or are a value of the schema",
  { timeout },
  (_name, make) => {
    fc.assert(
      fc.property(broken, ({ each, bytes }) => {
        const outcome = outcomeOf(() => read(each, make, bytes));
        const isRefused = [Mismatch, WireError].some((kind) => outcome.error instanceof kind);
        const { schema, definitions } = each;
        const kept = isRefused ? undefined : shapeOf(schema, definitions).conform(outcome.value);
        expect(kept).toEqual(outcome.value);
      }),
      { numRuns },
    );
  },
);

const tree: Definitions = {
  Tree: {
    type: "object",
    properties: {
      name: { type: "string" },
      inside: { type: "array", items: { $ref: "#/definitions/Tree" } },
    },
  },
  Nest: { type: "array", items: { $ref: "#/definitions/Nest" } },
  Fixed: {
    type: "object",
    properties: { in: { anyOf: [{ type: "null" }, { $ref: "#/definitions/Fixed" }] } },
    required: ["in"],
  },
  Optional: { type: "object", properties: { in: { $ref: "#/definitions/Optional" } } },
  Many: {
    type: "object",
    properties: {
      a: { $ref: "#/definitions/Many" },
      ...Object.fromEntries(Array.from({ length: 32 }, (_, at) => [`p${at}`, { type: "integer" }])),
    },
  },
  Record: { type: "object", additionalProperties: { $ref: "#/definitions/Record" } },
  Either: {
    anyOf: [{ type: "integer" }, { type: "array", items: { $ref: "#/definitions/Either" } }],
  },
};
const text: Schema = { type: "string" };
const record: Schema = { type: "object", additionalProperties: { type: "integer" } };

describe.each(runners)("%s", (_name, make) => {
  function refusal(schema: Schema, bytes: string | Uint8Array): string {
    const given = typeof bytes === "string" ? fromHex(bytes) : bytes;
    return String(thrownBy(() => read({ schema, definitions: tree }, make, given)));
  }

  test.each<[string, Schema, string, string]>([
    ["no bytes", { type: "integer" }, "", "Mismatch: the value is not an integer"],
    [
      "bytes behind a message",
      { type: "integer" },
      "01 01",
      "WireError: bytes follow behind a message",
    ],
    [
      "no texts where there are some",
      text,
      "01",
      "WireError: a message is not a list of its texts and its body",
    ],
    [
      "texts that are no text",
      text,
      "92 c4 01 61 01",
      "WireError: a message does not begin with its texts",
    ],
    ["a text that is cut off", text, "92 a3 61 62", "WireError: a value is cut off"],
    [
      "texts that nothing stands for",
      text,
      "92 a2 61 62 01",
      "WireError: a message has texts that nothing stands for",
    ],
    [
      "more text than there is",
      text,
      "92 a1 61 02",
      "WireError: a text is longer than all texts of the message",
    ],
    ["text that is not UTF-8", text, "92 a1 ff 01", "WireError: a text is not UTF-8"],
    [
      "half a pair",
      { type: "array", items: text },
      "92 a4 f0 9f 98 80 92 01 01",
      "WireError: a text ends within a character",
    ],
    [
      "a list that promises too much",
      { type: "array", items: { type: "integer" } },
      "dd 01 c9 c3 80 00",
      "WireError: headers promise more values than there may be",
    ],
    [
      "a name that becomes a prototype",
      record,
      "92 a9 5f 5f 70 72 6f 74 6f 5f 5f 92 09 01",
      "WireError: a property has a name that it may not have here",
    ],
    ["a name without a value", record, "92 a1 61 91 01", "WireError: a name has no value"],
    [
      "a number for an object",
      { type: "object", properties: { a: { type: "integer" } } },
      "05",
      "Mismatch: the value is not an object",
    ],
    [
      "an index of nothing",
      { enum: ["a", "b"] },
      "02",
      "Mismatch: the value is none of the 2 allowed values",
    ],
    [
      "a bit of nothing",
      { type: "object", properties: { a: { type: "integer" } } },
      "92 03 01",
      "Mismatch: the value has properties that are not declared",
    ],
    [
      "a field too many",
      { type: "object", properties: {} },
      "91 01",
      "Mismatch: the value is an object of 1 fields where 0 belong",
    ],
    [
      "a big integer that is no digits",
      { "x-concordat": "bigint" },
      "c7 02 01 2d 2d",
      "Mismatch: the value is not a big integer",
    ],
    [
      "a moment that is none",
      { "x-concordat": "timestamp" },
      "cf 00 1e ff ff ff ff ff ff",
      "Mismatch: the value is not a valid date",
    ],
    [
      "a number without end",
      { type: "number" },
      "cb 7f f0 00 00 00 00 00 00",
      "Mismatch: the value is not a number",
    ],
    ["a number that is cut off", { type: "number" }, "cb 7f f0", "WireError: a value is cut off"],
  ])("%s is refused with a sentence", (_what, schema, bytes, sentence) => {
    expect(refusal(schema, bytes)).toContain(sentence);
  });

  test.each<[name: string, before: string, level: string]>([
    ["Nest", "", "91"],
    ["Fixed", "", "91"],
    ["Tree", "92 a0", "92 01 91"],
    ["Optional", "", "92 01"],
    ["Many", "", "93 01 00"],
    ["Record", "92 a0", "92 00"],
    ["Either", "", "92 01 91"],
  ])("a %s that nests without end is refused before the stack is", (name, before, level) => {
    const bytes = fromHex(`${before} ${`${level} `.repeat(30_000)} 90`);

    expect(refusal({ $ref: `#/definitions/${name}` }, bytes)).toContain("deeper than 64");
  });

  test("an alternative is a level of its own, as it is on the wire", () => {
    const [fits, isOver] = [31, 33].map((levels) =>
      fromHex(`${"92 01 91 ".repeat(levels)} 92 00 05`),
    );

    expect(refusal({ $ref: "#/definitions/Either" }, fits ?? "")).toBe("undefined");
    expect(refusal({ $ref: "#/definitions/Either" }, isOver ?? "")).toContain("deeper than 64");
  });

  test("what is promised in each level counts together", () => {
    const bytes = new Uint8Array(200);
    for (let level = 0; level < 20; level += 1) bytes.set([0xdc, 0x00, 0x60], level * 3);

    expect(refusal({ $ref: "#/definitions/Nest" }, bytes)).toContain("promise more values");
  });

  test("an object that leads back to itself is refused where it does", () => {
    const value: Record<string, unknown> = { name: "root" };
    value["inside"] = [value];
    const given = { schema: { $ref: "#/definitions/Tree" }, definitions: tree, value };

    expect(String(thrownBy(() => written(given, make)))).toContain(
      "/inside/0 refers back to itself",
    );
  });

  test("halves of a pair in two texts are refused, although together they are one character", () => {
    const given = {
      schema: { type: "array", items: text } as const,
      definitions: {},
      value: ["\ud83d", "\ude00"],
    };

    expect(String(thrownBy(() => written(given, make)))).toContain("half a surrogate pair");
  });

  test("a property that comes or goes while it is written breaks no message", () => {
    const schema: Schema = { type: "object", properties: { a: record, b: { type: "integer" } } };
    const outcomes = [false, true].flatMap((isFirst) =>
      [1, 2, 3].map((looks) => {
        let left = looks;
        const value = {
          get a() {
            left -= 1;
            return left >= 0 === isFirst ? {} : undefined;
          },
          b: 2,
        };
        return thrownBy(() => {
          const bytes = written({ schema, definitions: {}, value }, make);
          read({ schema, definitions: {} }, make, bytes);
        });
      }),
    );

    expect(outcomes.every((each) => each === undefined || each instanceof Mismatch)).toBe(true);
  });

  test("a broken value leaves nothing behind for the next one", () => {
    const given = { schema: { $ref: "#/definitions/Tree" }, definitions: tree };
    const value = { name: "a", inside: [{ name: "b" }] };
    const before = written({ ...given, value }, make);
    thrownBy(() => written({ ...given, value: { name: "x", inside: [{ name: 1 }] } }, make));

    expect(written({ ...given, value }, make)).toEqual(before);
  });
});
