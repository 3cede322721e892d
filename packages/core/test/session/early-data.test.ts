/** Early data is kept within a bound, and dropped up to its last byte. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { EarlyData } from "../../src/session/early-data.ts";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";
import { limitsWith } from "../../src/wire/limits.ts";
import { frame } from "../wire/arbitrary-frame.ts";

const limits = limitsWith();
const begin = frameToBytes({ kind: "begin", id: 0 });

test("what stands behind the first begin is what is left, to the byte", () => {
  const others = fc.array(frame.filter(({ kind }) => kind !== "begin").map(frameToBytes), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(others, others, (before, after) => {
      const early = new EarlyData(limits.messageBytes);
      const message = concatBytes([...before, begin, ...after]);

      expect(early.afterBegin(message, limits)).toEqual(new Uint8Array(concatBytes(after)));
      expect(early.afterBegin(concatBytes(before), limits)).toBeUndefined();
    }),
  );
});

test("messages are kept in order and taken once", () => {
  const early = new EarlyData(3);
  early.keep(Uint8Array.of(1, 2));
  early.keep(Uint8Array.of(3));

  expect(early.take()).toEqual([Uint8Array.of(1, 2), Uint8Array.of(3)]);
  expect(early.take()).toEqual([]);
});

test("the bound counts all of them together", () => {
  const early = new EarlyData(3);
  early.keep(Uint8Array.of(1, 2));

  expect(() => early.keep(Uint8Array.of(3, 4))).toThrow(
    expect.objectContaining({ closeName: "bad-handshake" }),
  );
});

test("empty messages are not kept: there may be millions of them under any bound", () => {
  const early = new EarlyData(3);
  early.keep(new Uint8Array(0));
  early.keep(Uint8Array.of(1));
  early.keep(new Uint8Array(0));

  expect(early.take()).toEqual([Uint8Array.of(1)]);
});
