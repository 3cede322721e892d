/** Counting frames on both sides, so that a cut loses none and repeats none. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { OutgoingMessage } from "../../src/call/outgoing-message.ts";
import { Replay } from "../../src/call/replay.ts";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";
import { putRaw } from "../../src/wire/sink.ts";

/** One frame, or several, as a message that leaves. */
function message(bytes: Uint8Array, counted = 1): OutgoingMessage {
  const made = new OutgoingMessage(bytes.length);
  putRaw(made, bytes);
  for (let frames = 0; frames < counted; frames += 1) made.took(true);
  return made;
}

function frame(number: number): Uint8Array {
  return frameToBytes({ kind: "cancel", id: number + 1, code: 1 });
}

test("after any cut the rest is exactly what the other side lacks", () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 }), fc.nat(), fc.nat(), (sent, ack, have) => {
      const acknowledged = ack % (sent + 1);
      const received = acknowledged + (have % (sent - acknowledged + 1));
      const replay = new Replay(1_000_000);
      for (let number = 0; number < sent; number += 1) replay.keep(message(frame(number)));
      replay.acknowledge(acknowledged);

      expect(replay.rest(received)).toEqual(
        Array.from({ length: sent - received }, (_, at) => frame(received + at)),
      );
    }),
  );
});

test("who claims frames that were never sent, or lacks some that were let go, cannot resume", () => {
  const replay = new Replay(1_000);
  for (let number = 0; number < 5; number += 1) replay.keep(message(frame(number)));

  expect(replay.acknowledge(6)).toBe(false);
  expect(replay.rest(6)).toBeUndefined();
  expect(replay.acknowledge(3)).toBe(true);
  expect(replay.rest(2)).toBeUndefined();
  expect(replay.rest(3)).toHaveLength(2);
});

test("an acknowledgement that comes twice or late changes nothing", () => {
  const replay = new Replay(1_000);
  for (let number = 0; number < 5; number += 1) replay.keep(message(frame(number)));
  replay.acknowledge(3);

  expect(replay.acknowledge(3)).toBe(true);
  expect(replay.acknowledge(1)).toBe(true);
  expect(replay.rest(4)).toEqual([frame(4)]);
  replay.acknowledge(5);
  replay.acknowledge(2);
  expect(replay.isConfirmed).toBe(true);
});

test("a message that was acknowledged holds none that was sent after it", () => {
  const replay = new Replay(1_000);
  const sent = Array.from({ length: 12 }, (_, number) => message(frame(number)));
  for (const each of sent) replay.keep(each);
  replay.acknowledge(11);

  expect(sent.some(({ next }) => next === sent[11])).toBe(false);
  expect(sent.slice(8, 11).map(({ next }) => next)).toEqual([undefined, undefined, undefined]);
});

test("more than is kept ends what can be resumed, and what was kept is let go", () => {
  const replay = new Replay(10); // two frames of four bytes, and no third
  replay.keep(message(frame(0)));
  replay.keep(message(frame(1)));
  expect(replay.isOn).toBe(true);
  replay.keep(message(frame(2)));

  expect(replay.isOn).toBe(false);
  expect(replay.rest(0)).toBeUndefined();
  expect(replay.acknowledge(99)).toBe(true);
});

test("what is acknowledged makes room: a connection can be resumed however much it has sent", () => {
  const replay = new Replay(1_000);
  for (let number = 0; number < 1_000; number += 1) {
    replay.keep(message(frame(number)));
    replay.acknowledge(number + 1);
  }

  expect(replay.isOn).toBe(true);
});

test("small messages that are never acknowledged end it too: each takes more than its frames are long", () => {
  const replay = new Replay(1_000_000);
  let kept = 0;
  for (; replay.isOn && kept < 100_000; kept += 1) replay.keep(message(frame(0)));

  expect(kept).toBeGreaterThan(5_000);
  expect(kept).toBeLessThan(10_000);
});

/** So many messages come, each with one frame. */
function hear(replay: Replay, messages: number, bytes = 10): void {
  for (let number = 0; number < messages; number += 1) {
    replay.count();
    replay.countMessage(bytes);
  }
}

test("an acknowledgement is due after 32 messages by itself, after 8 frames along with others, and at once where it is asked for", () => {
  const replay = new Replay(1_000);
  expect(replay.takeAck("now")).toBeUndefined();
  hear(replay, 7);
  expect(replay.takeAck("along")).toBeUndefined();
  hear(replay, 1);
  expect(replay.takeAck("alone")).toBeUndefined();
  expect(replay.takeAck("along")).toBe(8);
  hear(replay, 31);
  expect(replay.takeAck("alone")).toBeUndefined();
  hear(replay, 1);

  expect(replay.takeAck("alone")).toBe(40);
  hear(replay, 1);
  expect(replay.takeAck("along")).toBeUndefined();
  expect(replay.takeAck("now")).toBe(41);
  expect(replay.takeAck("now")).toBeUndefined();
});

test.each([
  ["along", 4_096],
  ["alone", 262_144],
] as const)(
  "what is large is acknowledged sooner, so that the other side need not keep it: %s from %i bytes on",
  (urgency, bytes) => {
    const replay = new Replay(1_000_000);
    hear(replay, 1, bytes - 1);
    expect(replay.takeAck(urgency)).toBeUndefined();
    hear(replay, 1, 1);

    expect(replay.takeAck(urgency)).toBe(2);
    hear(replay, 1, 100);
    expect(replay.takeAck(urgency)).toBeUndefined();
  },
);

test("what the handshake of another connection has said need not be said again", () => {
  const replay = new Replay(1_000);
  replay.count();
  replay.countMessage(4);
  replay.rest(0);
  expect(replay.takeAck("now")).toBeUndefined();
  replay.count();

  expect(replay.takeAck("now")).toBe(2);
});

test("a message without a frame that counts brings no acknowledgement nearer", () => {
  const replay = new Replay(1_000);
  for (let number = 0; number < 40; number += 1) replay.countMessage(10_000);
  replay.count();

  expect(replay.takeAck("alone")).toBeUndefined();
  expect(replay.takeAck("along")).toBeUndefined();
});

test("a connection that is idle for days can still be resumed: what belongs to no call is not kept", () => {
  const replay = new Replay(1_000);
  for (let token = 0; token < 10_000; token += 1)
    replay.keep(message(frameToBytes({ kind: "ping", id: 0, token }), 0));
  replay.keep(message(frame(0)));

  expect(replay.rest(0)).toEqual([frame(0)]);
});

test("a message that is written anew brings none back that stood behind it", () => {
  const replay = new Replay(1_000);
  for (let number = 0; number < 3; number += 1) replay.keep(message(frame(number)));
  replay.acknowledge(3);
  const anew = replay.spare(1);
  if (anew === undefined) throw new Error("there is no spare");
  putRaw(anew, frame(3));
  anew.took(true);
  replay.keep(anew);

  expect(replay.rest(3)).toEqual([frame(3)]);
});

test("of a message that arrived in part, or holds frames that belong to no call, only what is lacking is sent again", () => {
  const ping = frameToBytes({ kind: "ping", id: 0, token: 7 });
  const replay = new Replay(1_000);
  replay.keep(message(concatBytes([frame(0), ping, frame(1), frame(2)]), 3));
  replay.keep(message(concatBytes([ping, frame(3)])));

  expect(replay.acknowledge(1)).toBe(true);
  expect(replay.rest(0)).toBeUndefined();
  expect(replay.rest(2)).toEqual([frame(2), frame(3)]);
  expect(replay.rest(2)).toEqual([frame(2), frame(3)]);
  expect(replay.rest(4)).toEqual([]);
});
