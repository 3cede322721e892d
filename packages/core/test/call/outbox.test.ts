/** Frames of one turn leave together, in as few messages as the peer's limit allows. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Departure } from "../../src/call/departure.ts";
import { Outbox } from "../../src/call/outbox.ts";
import { type OutgoingFrame, nil } from "../../src/wire/frame.ts";
import { framesFromBytes, frameToBytes, outgoing } from "../../src/wire/frame-bytes.ts";
import { limitsWith } from "../../src/wire/limits.ts";
import { putRaw, type Sink } from "../../src/wire/sink.ts";
import { valueToBytes } from "../../src/wire/values.ts";
import { asSent, frame } from "../wire/arbitrary-frame.ts";

const limits = limitsWith();

function outboxOf(maxMessageBytes: number, pending: () => void = () => undefined): Outbox {
  const outbox = new Outbox(limits, { size: 0, pending });
  outbox.replay.stop();
  outbox.limitTo({ ...limits, messageBytes: maxMessageBytes });
  return outbox;
}

const bin = (length: number): Uint8Array => valueToBytes(new Uint8Array(length));

const item = (bytes: number): OutgoingFrame => ({ kind: "item", id: 1, payload: bin(bytes) });
const ping = (token: number): OutgoingFrame => ({ kind: "ping", id: 0, token });

function putHalf(to: Sink): void {
  putRaw(to, bin(100));
  throw new Error("half-way");
}

/** What left: pings by their tokens, other frames by their kinds. */
function tokens(messages: readonly Uint8Array[]): unknown[] {
  const frames = messages.flatMap((message) => framesFromBytes(message, limits));
  return frames.map((each) => (each.kind === "ping" ? each.token : each.kind));
}

test("everything leaves in order, no message is over the limit, and no two would fit into one", () => {
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 20 }),
      fc.integer({ min: 1_000, max: 5_000 }),
      (sent, max) => {
        const outbox = outboxOf(max);
        const small = sent.filter((each) => frameToBytes(each).length <= max);
        for (const each of small) outbox.add(outgoing(each));
        const messages = outbox.takeMessages();

        const left = messages.flatMap((message) => framesFromBytes(message, limits));
        expect(left.map(asSent)).toEqual(small);
        const sizes = messages.map(({ length }) => length);
        const heads = messages.slice(1).map((message) => {
          const [first] = framesFromBytes(message, limits);
          return first === undefined ? 0 : frameToBytes(first).length;
        });

        expect(sizes.filter((size) => size > max)).toEqual([]);
        expect(heads.filter((head, at) => (sizes[at] ?? 0) + head <= max)).toEqual([]);
        expect(outbox.takeMessages()).toEqual([]);
      },
    ),
  );
});

test("frames that are under the limit one by one leave in messages that are", () => {
  const outbox = outboxOf(1_000);
  for (const bytes of [600, 600, 100, 600]) outbox.add(item(bytes));
  const lengths = outbox.takeMessages().map((message) => framesFromBytes(message, limits).length);

  expect(lengths).toEqual([1, 2, 1]);
});

test("a message of 16 KiB takes no more frames, however many would fit", () => {
  const outbox = outboxOf(1_000_000);
  for (const bytes of [10, 17_000, 10, 10]) outbox.add(item(bytes));
  const lengths = outbox.takeMessages().map((message) => framesFromBytes(message, limits).length);

  expect(lengths).toEqual([2, 2]);
});

test("a frame that is queued while another is written leaves behind it, whether that one leaves or not", () => {
  let told = 0;
  const outbox = outboxOf(1_000, () => (told += 1));
  const source = (fault?: Error): OutgoingFrame => ({
    kind: "item",
    id: 1,
    payload: {
      length: 1,
      put(to) {
        putRaw(to, nil);
        outbox.add({ kind: "item", id: 1, payload: { length: 1, put: nested } });
        outbox.add(ping(3));
        if (fault !== undefined) throw fault;
      },
    },
  });
  const nested = (to: Sink): void => {
    putRaw(to, nil);
    outbox.add(ping(2));
  };
  outbox.add(ping(1));
  outbox.add(source());
  outbox.add(ping(4));
  expect(tokens(outbox.takeMessages())).toEqual([1, "item", "item", 2, 3, 4]);

  told = 0;
  expect(() => outbox.add(source(new Error("no")))).toThrow("no");
  expect(told).toBeGreaterThan(0);
  expect(tokens(outbox.takeMessages())).toEqual(["item", 2, 3]);
});

test("what a payload throws is thrown on, and nothing of its frame is queued", () => {
  const outbox = outboxOf(1_000);
  outbox.add(ping(1));
  expect(() => outbox.add({ kind: "item", id: 1, payload: { length: 0, put: putHalf } })).toThrow(
    "half-way",
  );
  outbox.add(ping(2));

  expect(tokens(outbox.takeMessages())).toEqual([1, 2]);
});

test("its owner is told once in a turn", () => {
  let told = 0;
  const outbox = outboxOf(1_000, () => (told += 1));
  outbox.add(ping(0));
  outbox.add(ping(0));
  expect(told).toBe(1);
  outbox.takeMessages();
  outbox.add(ping(0));

  expect(told).toBe(2);
});

test("its owner is told again when 16 KiB wait: they need not wait for the turn's end", () => {
  let told = 0;
  const outbox = outboxOf(1_000_000, () => (told += 1));
  outbox.add(item(10));
  outbox.add(item(10));
  expect(told).toBe(1);
  outbox.add(item(17_000));

  expect(told).toBe(2);
});

test("its owner is told when the first item of a stream waits: more of them may be on their way", () => {
  const told: Departure[] = [];
  const outbox = new Outbox(limits, { size: 0, pending: (departure) => told.push(departure) });
  for (const each of [ping(1), item(1), item(1)]) outbox.add(each);
  outbox.takeMessages();
  outbox.add(ping(3));

  expect(told).toEqual(["turn", "items", "turn"]);
});

/** How many frames each message holds that leaves in two turns of so many frames, with so many calls open at the end of each. */
function messagesOf(frames: number, size: number): readonly number[] {
  const left: number[] = [];
  const take = (): void => {
    left.push(...outbox.takeMessages().map((message) => framesFromBytes(message, limits).length));
  };
  const outbox: Outbox = new Outbox(limits, {
    size,
    pending: (departure) => departure === "now" && take(),
  });
  for (let turn = 0; turn < 2; turn += 1) {
    for (let at = 0; at < frames; at += 1) outbox.add(ping(at));
    take();
  }
  return left;
}

test.each([
  ["few calls leave together", 20, 3, [20, 20]],
  [
    "some calls leave in thirds of those that were open when the turn before it ended",
    31,
    31,
    [31, 10, 10, 10, 1],
  ],
  ["many calls leave in halves", 32, 32, [32, 16, 16]],
  [
    "a few calls beside others that are open for long leave in four messages at most",
    20,
    4,
    [20, 1, 1, 1, 17],
  ],
  ["fewer calls than a part of those that are open leave together", 5, 1_000, [5, 5]],
])("frames of a turn with %s", (_, frames, open, messages) => {
  expect(messagesOf(frames, open)).toEqual(messages);
});

/** An outbox whose replay has heard so many frames. */
function hearing(frames: number, pending?: () => void): Outbox {
  const outbox = new Outbox(limits, { size: 0, pending: pending ?? (() => undefined) });
  for (let heard = 0; heard < frames; heard += 1) outbox.replay.count();
  outbox.replay.countMessage(1);
  return outbox;
}

test("what has come is acknowledged ahead of what leaves, so that large bytes need not be moved for it", () => {
  const outbox = hearing(8);
  outbox.add(item(10));

  expect(tokens(outbox.takeMessages())).toEqual(["ack", "item"]);
});

test.each(["ping", "pong"] as const)(
  "whatever has come is acknowledged behind a %s: an idle side hears little else",
  (kind) => {
    const outbox = hearing(1);
    outbox.add({ kind, id: 0, token: 1 });

    expect(tokens(outbox.takeMessages())).toEqual([kind === "ping" ? 1 : kind, "ack"]);
  },
);

test("few frames that have come are not acknowledged for any other frame's sake", () => {
  const outbox = hearing(1);
  outbox.add(item(10));

  expect(tokens(outbox.takeMessages())).toEqual(["item"]);
});

test("what has come is acknowledged also where the frame that would have gone with it could not be written", () => {
  let told = 0;
  const outbox = hearing(8, () => (told += 1));
  expect(() => outbox.add({ kind: "item", id: 1, payload: { length: 0, put: putHalf } })).toThrow(
    "half-way",
  );

  expect(told).toBe(1);
  expect(tokens(outbox.takeMessages())).toEqual(["ack"]);
});

test("what was queued while the connection was lost leaves once it is resumed, and its owner is told", () => {
  const told: Departure[] = [];
  const outbox = new Outbox(limits, { size: 0, pending: (departure) => told.push(departure) });
  outbox.add(item(1));
  told.length = 0;

  expect(outbox.resume(0)).toBe(true);
  expect(told).toEqual(["turn"]);
  expect(tokens(outbox.takeMessages())).toEqual(["item"]);
  told.length = 0;
  expect(outbox.resume(1)).toBe(true);
  expect(told).toEqual([]);
  expect(outbox.resume(2)).toBe(false);
});

test("what did not fit into a message any more is counted where it leaves", () => {
  const outbox = new Outbox(limits, { size: 0, pending: () => undefined });
  outbox.limitTo({ ...limits, messageBytes: 1_000 });
  for (const bytes of [400, 400, 400, 585]) outbox.add(item(bytes));
  outbox.add(ping(2 ** 40)); // for which there is no room
  const messages = outbox.takeMessages();
  expect(messages.map((message) => tokens([message]).length)).toEqual([2, 2, 1]);
  expect(messages[2]).toEqual(frameToBytes({ kind: "ping", id: 0, token: 2 ** 40 }));

  expect(outbox.replay.acknowledge(5)).toBe(false);
  expect(outbox.replay.rest(2)).toEqual([messages[1]]);
  expect(outbox.replay.acknowledge(4)).toBe(true);
  expect(outbox.replay.isConfirmed).toBe(true);
});

test("no message has more frames than a receiver takes in one", () => {
  const few = { ...limits, framesPerMessage: 3 };
  const outbox = new Outbox(few, { size: 0, pending: () => undefined });
  for (let token = 1; token <= 7; token += 1) outbox.add(ping(token));
  const messages = outbox.takeMessages();

  expect(messages.map((message) => tokens([message]))).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
});

test("what could not be written while another frame was leaves nothing behind", () => {
  const outbox = outboxOf(1_000);
  const nested: OutgoingFrame = { kind: "item", id: 2, payload: { length: 0, put: putHalf } };
  const put = (to: Sink): void => {
    expect(() => outbox.add(nested)).toThrow("half-way");
    outbox.add(ping(1));
    putRaw(to, nil);
  };
  outbox.add({ kind: "response", id: 1, metadata: [], payload: { length: 1, put } });

  expect(tokens(outbox.takeMessages())).toEqual(["response", 1]);
});

test("a frame as large as the peer takes is queued, and one byte more is refused", () => {
  const outbox = outboxOf(1_000);
  const head = frameToBytes({ kind: "item", id: 1, payload: nil }).length - nil.length;
  outbox.add({ kind: "item", id: 1, payload: bin(1_000 - head - 3) });
  expect(() => outbox.add({ kind: "item", id: 1, payload: bin(1_000 - head - 2) })).toThrow(
    "over the limit of 1000",
  );

  expect(outbox.takeMessages().map(({ length }) => length)).toEqual([1_000]);
});

test("a frame that the peer would refuse is not queued", () => {
  const outbox = outboxOf(1_000);
  const large: OutgoingFrame = { kind: "item", id: 1, payload: new Uint8Array(1_000) };

  expect(() => outbox.add(large)).toThrow(expect.objectContaining({ code: "resource_exhausted" }));
  expect(outbox.takeMessages()).toEqual([]);
});

test("what is queued while a large frame is written does not have that frame sent by halves", () => {
  const left: (readonly Uint8Array[])[] = [];
  // As a pump does where enough waits, or a session that closes.
  const outbox: Outbox = outboxOf(1_000_000, () => void left.push(outbox.takeMessages()));
  const payload = {
    length: 1,
    put(to: Sink): void {
      putRaw(to, bin(20_000));
      outbox.add(ping(2));
      putRaw(to, nil);
    },
  };
  outbox.add(ping(1));
  outbox.add({ kind: "response", id: 1, metadata: [], payload });
  left.push(outbox.takeMessages());

  expect(left.flat().map(({ length }) => length > 20_000)).toEqual([false, true, false]);
});
