/** A client's frames: what RFC 6455, sections 5.2 and 5.3, says of their heads and masks. */
import { expect, test } from "vitest";
import { MaskedFrames } from "../../src/socket/masked-frames.ts";

/** Counts up, over all that is asked for. */
function counting(): {
  readonly fill: (masks: Uint8Array) => void;
  readonly asked: number[];
} {
  const asked: number[] = [];
  let next = 0;
  return {
    asked,
    fill(masks) {
      asked.push(masks.length);
      for (const at of masks.keys()) masks[at] = next++ & 0xff;
    },
  };
}

/** Reads a frame: what its head says, its mask, and what it carries. */
function read(frame: Uint8Array): {
  readonly head: readonly number[];
  readonly mask: readonly number[];
  readonly message: readonly number[];
} {
  const start = (frame[1] ?? 0) === 0xfe ? 4 : 2;
  const mask = [...frame.subarray(start, start + 4)];
  const message = [...frame.subarray(start + 4)].map((byte, at) => byte ^ (mask[at % 4] ?? 0));
  return { head: [...frame.subarray(0, start)], mask, message };
}

test("a message of any length is one frame of bytes, which says its length and is masked", () => {
  const frames = new MaskedFrames(counting().fill);
  for (const length of [0, 1, 4, 5, 125, 126, 127, 255, 256, 1_024, 5_000, 65_535]) {
    const message = Uint8Array.from({ length }, (_, at) => (at * 3 + 1) & 0xff);
    const { head, message: carried } = read(frames.frame(message));

    expect(head).toEqual(
      length < 126 ? [0x82, 0x80 | length] : [0x82, 0xfe, length >> 8, length & 0xff],
    );
    expect(carried).toEqual([...message]);
  }
});

test("each frame has the next four secret bytes as its mask, none twice, asked for 64 at a time", () => {
  const { fill, asked } = counting();
  const frames = new MaskedFrames(fill);
  const masks = Array.from({ length: 65 }, () => read(frames.frame(Uint8Array.of(9))).mask);

  expect(masks.flat()).toEqual(Array.from({ length: 65 * 4 }, (_, at) => at & 0xff));
  expect(asked).toEqual([256, 256]);
});

test("no frame is written over by a later one, and what was handed in stays as it is", () => {
  const frames = new MaskedFrames(counting().fill);
  const messages = Array.from({ length: 100 }, (_, at) => new Uint8Array(at * 7).fill(at));
  const written = messages.map((message) => frames.frame(message));

  expect(written.map((frame) => read(frame).message)).toEqual(messages.map((each) => [...each]));
  expect(messages).toEqual(messages.map((_, at) => new Uint8Array(at * 7).fill(at)));
});

test("a socket that sends little holds little memory, and one that sends much asks for it seldom", () => {
  const frames = new MaskedFrames(counting().fill);
  const message = new Uint8Array(40);
  expect(frames.frame(message).buffer.byteLength).toBeLessThanOrEqual(512);
  const pieces = new Set(Array.from({ length: 1_000 }, () => frames.frame(message).buffer));

  expect(pieces.size).toBeLessThan(16);
  expect(Math.max(...[...pieces].map(({ byteLength }) => byteLength))).toBe(4_096);
});
