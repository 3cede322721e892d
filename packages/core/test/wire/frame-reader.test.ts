/** What one message may cost, to the last byte and frame; and nothing of it stays. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { encode } from "@msgpack/msgpack";
import { expect, test } from "vitest";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";
import { FrameReader } from "../../src/wire/frame-reader.ts";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import { limitsWith } from "../../src/wire/limits.ts";

const ping = frameToBytes({ kind: "ping", id: 0, token: 1 });

function readerOf(messageBytes: number): FrameReader {
  return new FrameReader(limitsWith({ messageBytes }));
}

test("a message has as many bytes as the limit says, and not one more", () => {
  const two = concatBytes([ping, ping]);

  expect(readerOf(two.length).frames(two)).toHaveLength(2);
  expect(() => readerOf(two.length - 1).frames(two)).toThrow(
    expect.objectContaining({ closeName: "message-too-large" }),
  );
});

test("a message holds as many frames as the limit says, and not one more, ignored ones among them", () => {
  const reader = new FrameReader(limitsWith({ framesPerMessage: 3 }));
  const ignored = encode([4_000, 0]);

  expect(reader.frames(concatBytes([ping, ignored, ping]))).toHaveLength(2);
  expect(() => reader.frames(concatBytes([ping, ignored, ping, ping]))).toThrow(
    "more than 3 frames",
  );
});

test("after a message that was refused the next one is read from its start", () => {
  const reader = new FrameReader(limitsWith());
  expect(() => reader.frames(concatBytes([ping, encode([8, 0])]))).toThrow("not 1");

  expect(reader.frames(ping)).toHaveLength(1);
});

test("a message that was read is not kept", async () => {
  const reader = new FrameReader(limitsWith());
  const read = (): WeakRef<Uint8Array> => {
    const message = Uint8Array.from(ping);
    reader.frames(message);
    return new WeakRef(message);
  };
  const message = read();
  await new Promise(setImmediate); // a WeakRef holds what it was made for until then
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  collectGarbage();

  expect(message.deref()).toBeUndefined();
  expect(reader.frames(ping)).toHaveLength(1);
});
