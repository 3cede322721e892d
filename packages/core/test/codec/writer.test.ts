/** A writer puts a message of any size behind what its output has, and keeps nothing of it. */
import { describe, expect, test } from "vitest";
import { putMessage } from "../../src/codec/message-codec.ts";
import { ReleaseCodecs } from "../../src/codec/release-codecs.ts";
import { Writer } from "../../src/codec/write/writer.ts";
import type { Schema } from "../../src/schema/schema.ts";
import { Output } from "../../src/wire/output.ts";
import { putRaw } from "../../src/wire/sink.ts";
import { toHex } from "../hex.ts";
import { read, runners } from "./codec-case.ts";

const numbers: Schema = { type: "array", items: { type: "number" } };
const words: Schema = { type: "array", items: { type: "string" } };
const both: Schema = {
  type: "object",
  properties: { numbers, words },
  required: ["numbers", "words"],
};
const big: Schema = { type: "array", items: { "x-concordat": "bigint" } };

function list<T>(length: number, element: (at: number) => T): readonly T[] {
  return Array.from({ length }, (_, at) => element(at));
}

/** Elements of one byte, of nine, and of a text each; bodies grow within a number, and within digits. */
const kinds: readonly (readonly [Schema, (length: number) => unknown])[] = [
  [numbers, (length) => list(length, (at) => at % 100)],
  [numbers, (length) => list(length, (at) => at + 0.5)],
  [big, (length) => list(length, (at) => 10n ** BigInt(at % 50))],
  [words, (length) => list(length, (at) => `é${at}`)],
  [both, (length) => ({ numbers: list(length, (at) => at * 1_000), words: ["a"] })],
  [both, (length) => ({ numbers: [], words: list(length, () => "") })],
];

describe.each(runners)("%s", (_name, make) => {
  test("append messages of any size to what an output has, and leave that as it is", () => {
    const to = new Writer();
    for (const [schema, valueOf] of kinds) {
      const codecs = new ReleaseCodecs({}, make);
      const writer = codecs.writer(schema);
      for (const before of [0, 1, 127, 128, 500]) {
        const output = new Output();
        const had = new Uint8Array(before).fill(0xab);
        putRaw(output, had);
        const starts = [0, 1, 32, 33, 60, 127, 520, 2_000].map((length) => {
          const start = output.at;
          putMessage(writer, to, valueOf(length), output);
          return [length, start, output.at] as const;
        });

        expect(toHex(output.part(0, before))).toBe(toHex(had));
        for (const [length, start, end] of starts) {
          const value = read({ schema, definitions: {} }, make, output.bytes.slice(start, end));
          expect(JSON.stringify(value, asText)).toBe(JSON.stringify(valueOf(length), asText));
        }
      }
    }
  });

  test("write a message while a value of another one is asked for, and spoil neither", () => {
    const to = new Writer();
    const writer = new ReleaseCodecs({}, make).writer(both);
    const [inner, outer] = [new Output(), new Output()];
    const value = { numbers: [1, 2], words: ["inside"] };
    const asking = {
      words: ["before"],
      get numbers() {
        putMessage(writer, to, value, inner);
        return [3];
      },
    };
    putMessage(writer, to, asking, outer);
    const values = [inner, outer].map((output) =>
      read({ schema: both, definitions: {} }, make, output.bytes.slice(0, output.at)),
    );

    expect(values[0]).toEqual(value);
    expect(values[1]).toEqual({ numbers: [3], words: ["before"] });
  });

  test("keep neither the texts of a message nor the memory that it was written into", () => {
    const to = new Writer();
    for (const [schema, valueOf] of kinds) {
      const output = new Output();
      putMessage(new ReleaseCodecs({}, make).writer(schema), to, valueOf(3), output);

      expect(to.text).toBe("");
      expect(to.bytes).not.toBe(output.bytes);
    }
  });
});

function asText(_name: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
