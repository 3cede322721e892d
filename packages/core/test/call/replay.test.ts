/** Counting frames on both sides, so that a cut loses none and repeats none. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Replay } from "../../src/call/replay.ts";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";

function frame(number: number): Uint8Array {
  return frameToBytes({ kind: "cancel", id: number + 1, code: 1 });
}

test("after any cut the rest is exactly what the other side lacks", () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 }), fc.nat(), fc.nat(), (sent, ack, have) => {
      const acknowledged = ack % (sent + 1);
      const received = acknowledged + (have % (sent - acknowledged + 1));
      const replay = new Replay(1_000_000);
      for (let number = 0; number < sent; number += 1) replay.keep(frame(number), 1);
      replay.acknowledge(acknowledged);

      expect(replay.rest(received)).toEqual(
        Array.from({ length: sent - received }, (_, at) => frame(received + at)),
      );
    }),
  );
});

test("who claims frames that were never sent, or lacks some that were let go, cannot resume", () => {
  const replay = new Replay(1_000);
  for (let number = 0; number < 5; number += 1) replay.keep(frame(number), 1);

  expect(replay.acknowledge(6)).toBe(false);
  expect(replay.rest(6)).toBeUndefined();
  expect(replay.acknowledge(3)).toBe(true);
  expect(replay.rest(2)).toBeUndefined();
  expect(replay.rest(3)).toHaveLength(2);
});

test("an acknowledgement that comes twice or late changes nothing", () => {
  const replay = new Replay(1_000);
  for (let number = 0; number < 5; number += 1) replay.keep(frame(number), 1);
  replay.acknowledge(3);

  expect(replay.acknowledge(3)).toBe(true);
  expect(replay.acknowledge(1)).toBe(true);
  expect(replay.rest(4)).toEqual([frame(4)]);
});

test("more than is kept ends what can be resumed, and what was kept is let go", () => {
  const replay = new Replay(10); // two frames of four bytes, and no third
  replay.keep(frame(0), 1);
  replay.keep(frame(1), 1);
  expect(replay.isOn).toBe(true);
  replay.keep(frame(2), 1);

  expect(replay.isOn).toBe(false);
  expect(replay.rest(0)).toBeUndefined();
  expect(replay.acknowledge(99)).toBe(true);
});

test("an acknowledgement is due after 32 frames, or as soon as something else is sent", () => {
  const replay = new Replay(1_000);
  expect(replay.takeAck("now")).toBeUndefined();
  for (let number = 0; number < 31; number += 1) replay.count();
  expect(replay.takeAck("when-due")).toBeUndefined();
  replay.count();

  expect(replay.takeAck("when-due")).toBe(32);
  replay.count();
  expect(replay.takeAck("when-due")).toBeUndefined();
  expect(replay.takeAck("now")).toBe(33);
  expect(replay.takeAck("now")).toBeUndefined();
});

test("of a message that arrived in part, or holds frames that belong to no call, only what is lacking is sent again", () => {
  const ping = frameToBytes({ kind: "ping", id: 0, token: 7 });
  const replay = new Replay(1_000);
  replay.keep(concatBytes([frame(0), ping, frame(1), frame(2)]), 3);
  replay.keep(concatBytes([ping, frame(3)]), 1);

  expect(replay.acknowledge(1)).toBe(true);
  expect(replay.rest(0)).toBeUndefined();
  expect(replay.rest(2)).toEqual([frame(2), frame(3)]);
  expect(replay.rest(2)).toEqual([frame(2), frame(3)]);
  expect(replay.rest(4)).toEqual([]);
});
