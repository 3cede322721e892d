/** Frames to bytes and back: the same both ways, strict where it must be, tolerant where it was promised. */
import { encode } from "@msgpack/msgpack";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import { type Frame, nil } from "../../src/wire/frame.ts";
import { framesFromBytes, frameToBytes } from "../../src/wire/frame-bytes.ts";
import { limitsWith } from "../../src/wire/limits.ts";
import { valueToBytes } from "../../src/wire/values.ts";
import { WireError } from "../../src/wire/wire-error.ts";
import { fromHex } from "../hex.ts";
import { thrownClass } from "../thrown.ts";
import { asSent, frame, framesByKind } from "./arbitrary-frame.ts";

const budget = limitsWith();

describe("every frame comes back as it was sent", () => {
  test.each(Object.entries(framesByKind))("%s", (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, (sent) => {
        expect(framesFromBytes(frameToBytes(sent), budget).map(asSent)).toEqual([sent]);
      }),
    );
  });
});

test("frames of one message come out in order, however many they are", () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 8 }), (sent) => {
      const came = framesFromBytes(concatBytes(sent.map(frameToBytes)), budget);

      expect(came.map(asSent)).toEqual(sent);
    }),
  );
});

test("a frame with one byte changed, cut or added becomes frames or a WireError, nothing else", () => {
  const mutation = fc.record({ at: fc.nat(), byte: fc.nat({ max: 255 }), cut: fc.boolean() });
  fc.assert(
    fc.property(fc.array(frame, { minLength: 1, maxLength: 3 }), mutation, (sent, change) => {
      const bytes = new Uint8Array(concatBytes(sent.map(frameToBytes)));
      const at = change.at % bytes.length;
      bytes[at] = change.byte;
      const changed = change.cut ? bytes.subarray(0, at) : bytes;

      expect([undefined, WireError]).toContain(thrownClass(() => framesFromBytes(changed, budget)));
    }),
    { numRuns: 3_000 },
  );
});

test("a message that is cut within its last frame delivers none of its frames", () => {
  const ping = frameToBytes({ kind: "ping", id: 0, token: 1 });
  const two = concatBytes([ping, ping]);

  expect(framesFromBytes(two, budget)).toHaveLength(2);
  expect(() => framesFromBytes(two.subarray(0, 5), budget)).toThrow(WireError);
});

describe("tolerance that a later revision relies on", () => {
  const ping: Frame = { kind: "ping", id: 0, token: 7 };

  test("elements behind those that a kind has are ignored", () => {
    expect(framesFromBytes(encode([8, 0, 7, "later", { more: [1] }]), budget)).toEqual([ping]);
  });

  test("an unknown frame from 64 on is left out, and its neighbours are not", () => {
    const message = concatBytes([
      frameToBytes(ping),
      encode([65, 0]),
      encode([4_000_000, 12, "x"]),
      frameToBytes(ping),
    ]);

    expect(framesFromBytes(message, budget)).toEqual([ping, ping]);
  });

  test.each([0, 62, 63])("an unknown frame %i below 64 is a violation", (number) => {
    expect(() => framesFromBytes(encode([number, 0, 1]), budget)).toThrow(
      `frame kind ${number} is unknown`,
    );
  });

  test("numbers may come in any of MessagePack's forms", () => {
    expect(
      framesFromBytes(fromHex("93 cc 08 cd 00 00 d3 00 00 00 00 00 00 00 07"), budget),
    ).toEqual([ping]);
  });
});

describe("what is no frame is refused", () => {
  test.each<readonly [name: string, bytes: Uint8Array, says: string]>([
    ["a number", encode(1), "not an array of 2 to 15"],
    ["a map", encode({ a: 1 }), "not an array of 2 to 15"],
    ["an array of one", encode([8]), "not an array of 2 to 15"],
    ["an array of 16", encode(Array.from({ length: 16 }, () => 8)), "not an array of 2 to 15"],
    ["the long form of a short array", fromHex("dc 00 03 08 00 07"), "not an array of 2 to 15"],
    ["a kind that is text", encode(["8", 0, 7]), "kind is not a whole number"],
    ["a kind with a fraction", encode([8.5, 0, 7]), "kind is not a whole number"],
    ["a negative id", encode([2, -1, null]), "id is not a whole number"],
    ["an id with a fraction", encode([2, 1.5, null]), "id is not a whole number"],
    ["an id past the greatest", encode([2, 0x80000000, null]), "impossible id"],
    ["a call without an id", encode([1, 0, "orders/place", 0, [], null]), "impossible id 0"],
    ["a ping with an id", encode([8, 1, 7]), "impossible id 1"],
    ["a frame that is too short", encode([1, 1, "orders/place", 0, []]), "not 4"],
    ["a procedure that is no text", encode([1, 1, 2, 0, [], null]), "procedure is not text"],
    [
      "a timeout below zero",
      encode([1, 1, "a/b", -1, [], null]),
      "timeoutMs is not a whole number",
    ],
    ["a timeout past 2^53", encode([1, 1, "a/b", 2 ** 60, [], null]), "timeoutMs is not a whole"],
    ["metadata that is a map", encode([3, 1, {}]), "metadata is not a list of pairs"],
    ["metadata with a key alone", encode([3, 1, ["a"]]), "metadata is not a list of pairs"],
    ["metadata with a bad key", encode([3, 1, ["A", "b"]]), "a metadata key is malformed"],
    ["metadata with a number", encode([3, 1, ["a", 1]]), "neither text nor bytes"],
    ["a fault that is text", encode([5, 1, "no", []]), "a fault is not a list"],
    ["a fault without a message", encode([5, 1, [13], []]), "no code or no message"],
    ["a credit below zero", encode([7, 1, -5]), "bytes is not a whole number"],
    ["a notice that is no text", encode([64, 0, { a: 1 }]), "text is not text"],
  ])("%s", (_name, bytes, says) => {
    expect(() => framesFromBytes(bytes, budget)).toThrow(says);
  });
});

test("a request says how many values it holds, itself among them", () => {
  const payload = encode([1, { a: [] }, "b"]);
  const sent = {
    kind: "request",
    id: 1,
    procedure: "a/b",
    timeoutMs: 0,
    metadata: [],
    payload,
  } as const;

  // The frame with its six elements, and in the payload an array of three, a map with a name and an array.
  expect(framesFromBytes(frameToBytes(sent), budget)).toMatchObject([{ values: 7 + 5 }]);
});

test("a payload is a view of the message, not decoded and not copied", () => {
  const message = frameToBytes({ kind: "item", id: 1, payload: valueToBytes({ a: [1, 2] }) });
  const [item] = framesFromBytes(message, budget);

  expect(item).toMatchObject({ payload: valueToBytes({ a: [1, 2] }) });
  expect(item?.kind === "item" && item.payload.buffer).toBe(message.buffer);
});

test("nil is one byte of MessagePack", () => {
  expect(nil).toEqual(valueToBytes(null));
});
