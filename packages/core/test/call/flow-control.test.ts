/** Streams under credit, over two real links: a slow reader bounds its sender, and nobody waits for ever. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Call } from "../../src/call/call.ts";
import type { Frame } from "../../src/wire/frame.ts";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";
import { valueToBytes } from "../../src/wire/values.ts";
import { LinkedPair } from "./linked-pair.ts";
import type { RecordingEar } from "./recording-ear.ts";

function bytes(size: number): Uint8Array {
  return valueToBytes(new Uint8Array(size - 2)); // bin 8 has a head of two bytes
}

/** Sends as long as credit lasts; returns how many items left. */
function sendAll(call: Call, size: number, most = 1_000): number {
  let sent = 0;
  while (sent < most && call.canSend) {
    call.sendItem(bytes(size));
    sent += 1;
  }
  return sent;
}

test("a reader that takes nothing stops its sender at the window", () => {
  const pair = new LinkedPair({ streamWindowBytes: 100 });
  const { near, far } = pair.connect("serverStream");

  expect(sendAll(far.call, 30)).toBe(4); // 30, 60, 90, and the one that goes past the end
  pair.carry();
  expect(far.call.canSend).toBe(false);

  near.call.consumed(60);
  pair.carry();
  expect(far.ear.told).toEqual(["writable"]);
  expect(far.call.canSend).toBe(true);
});

test("credit is told by halves of a window, not item by item, and of no call that has ended", () => {
  const pair = new LinkedPair({ streamWindowBytes: 100, connectionWindowBytes: 1_000 });
  const { near, far } = pair.connect("serverStream");
  sendAll(far.call, 30, 3);
  pair.carry();
  near.call.consumed(30);
  expect(pair.carryTo("responder")).toEqual([]);
  near.call.consumed(30);
  expect(pair.carryTo("responder")).toEqual([{ kind: "credit", id: 1, bytes: 60 }]);
  sendAll(far.call, 60, 1);
  far.call.sendEnd();
  pair.carry();
  near.call.consumed(90);

  expect(pair.carryTo("responder")).toEqual([]);
});

test("streams share the connection's window", () => {
  const pair = new LinkedPair({ streamWindowBytes: 100, connectionWindowBytes: 150 });
  const one = pair.connect("serverStream");
  const two = pair.connect("serverStream");
  sendAll(one.far.call, 50);

  expect(sendAll(two.far.call, 50)).toBe(1);
  pair.carry();
  one.near.call.consumed(100);
  pair.carry();
  expect(two.far.ear.told).toEqual(["writable"]);
});

test("streams that nobody reads leave the rest of the connection's window to the others", () => {
  const pair = new LinkedPair({ streamWindowBytes: 250, connectionWindowBytes: 1_000 });
  const stalled = [1, 2, 3].map(() => pair.connect("serverStream"));
  for (const { far } of stalled) sendAll(far.call, 50);
  const { near, far } = pair.connect("serverStream");
  let read = 0;
  for (let turn = 0; turn < 100; turn += 1) {
    const sent = sendAll(far.call, 50);
    pair.carry();
    for (let item = 0; item < sent; item += 1) near.call.consumed(50);
    pair.carry();
    read += sent;
  }

  expect(read).toBeGreaterThanOrEqual(200);
});

test("credit for the connection is not granted item by item, however little of its window is free", () => {
  const pair = new LinkedPair({ streamWindowBytes: 8_000, connectionWindowBytes: 16_000 });
  const stalled = pair.connect("serverStream");
  sendAll(stalled.far.call, 50);
  const { near, far } = pair.connect("serverStream");
  let credits = 0;
  for (let item = 0; item < 1_000; item += 1) {
    expect(sendAll(far.call, 50, 1)).toBe(1);
    pair.carry();
    near.call.consumed(50);
    const before = pair.requester.waitingBytes;
    if (before > 0) credits += 1;
    pair.carry();
  }

  expect(credits).toBeLessThan(1_000 / 8);
});

test("a stream whose own credit comes first is woken by the connection's", () => {
  const pair = new LinkedPair({ streamWindowBytes: 100, connectionWindowBytes: 400 });
  const slow = pair.connect("serverStream");
  const fast = pair.connect("serverStream");
  sendAll(fast.far.call, 100);
  sendAll(slow.far.call, 500);
  pair.carry();
  expect(fast.far.call.canSend).toBe(false); // neither its own credit nor the connection's

  fast.near.call.consumed(100); // gives its own back, and too little of the connection's
  pair.carry();
  expect(fast.far.ear.told).toEqual([]);
  slow.near.call.consumed(500);
  pair.carry();

  expect(fast.far.ear.told).toEqual(["writable"]);
  expect(fast.far.call.canSend).toBe(true);
});

/** Streams that send whenever they may, and never run out of items. */
function endless(pair: LinkedPair, count: number): readonly (() => number)[] {
  return Array.from({ length: count }, () => {
    const { near, far } = pair.connect("serverStream");
    const push = (): number => sendAll(far.call, 50);
    far.ear.onWritable = push;
    push();
    return () => {
      const { items } = near.ear;
      for (const item of items.splice(0)) near.call.consumed(item.length);
      return far.ear.told.length;
    };
  });
}

/** A stream that has spent all of the connection's credit, and two that wait behind it. */
function queue(
  pair: LinkedPair,
): Record<"busy" | "first" | "next", ReturnType<LinkedPair["connect"]>> {
  const busy = pair.connect("serverStream");
  const first = pair.connect("serverStream");
  const next = pair.connect("serverStream");
  sendAll(busy.far.call, 100, 1);
  expect(first.far.call.canSend).toBe(false);
  expect(next.far.call.canSend).toBe(false);
  return { busy, first, next };
}

describe("streams that wait for the connection's credit", () => {
  test("take turns, item by item: one that never pauses starves nobody", () => {
    const pair = new LinkedPair({ streamWindowBytes: 10_000, connectionWindowBytes: 200 });
    const streams = endless(pair, 10);
    for (let round = 0; round < 25; round += 1) {
      pair.carry();
      for (const take of streams) take();
    }

    const told = streams.map((take) => take());
    expect(Math.min(...told)).toBeGreaterThan(5);
    expect(Math.max(...told) - Math.min(...told)).toBeLessThan(2);
  });

  test("are woken as many as there are items that may leave, however many wait", () => {
    const pair = new LinkedPair({ connectionWindowBytes: 200 });
    const [busy, ...others] = Array.from({ length: 100 }, () => pair.connect("serverStream"));
    if (busy === undefined) throw new Error("there is no stream");
    sendAll(busy.far.call, 50, 4);
    for (const { far } of others) expect(far.call.canSend).toBe(false);
    pair.carry();
    busy.near.call.consumed(200);
    pair.carry();
    const woken = (): typeof others => others.filter(({ far }) => far.ear.told.length > 0);
    expect(woken()).toHaveLength(1);

    for (let sent = 0; sent < 4; sent += 1) {
      expect(woken()[sent]?.far.call.canSend).toBe(true);
      woken()[sent]?.far.call.sendItem(bytes(50));
    }
    expect(woken()).toHaveLength(4);
  });

  test("have their turn behind one that has no item yet", () => {
    const pair = new LinkedPair({ connectionWindowBytes: 100 });
    const { busy, first: slow, next } = queue(pair);
    slow.far.ear.onWritable = () => expect(slow.far.call.hasCredit).toBe(true); // and nothing more
    pair.carry();
    busy.near.call.consumed(100);
    pair.carry();

    expect(next.far.ear.told).toEqual(["writable"]);
    expect(next.far.call.canSend).toBe(true);
  });

  test("keep the turn that they were woken for until they send, whoever asks meanwhile", () => {
    const pair = new LinkedPair({ connectionWindowBytes: 100 });
    const { busy, first: woken, next } = queue(pair);
    pair.carry();
    busy.near.call.consumed(100);
    pair.carry();
    expect(woken.far.ear.told).toEqual(["writable"]);
    expect(busy.far.call.hasCredit).toBe(true);

    expect([busy.far.call.canSend, next.far.call.canSend]).toEqual([false, false]);
    expect(woken.far.call.canSend).toBe(true);
  });

  test("pass one over that has no item any more, and do not wake it", () => {
    const pair = new LinkedPair({ connectionWindowBytes: 100 });
    const { busy, first: bored, next } = queue(pair);
    expect(bored.far.call.hasCredit).toBe(true);
    pair.carry();
    busy.near.call.consumed(100);
    pair.carry();

    expect(bored.far.ear.told).toEqual([]);
    expect(next.far.ear.told).toEqual(["writable"]);
  });

  test("have their turn behind one that ends instead of sending", () => {
    const pair = new LinkedPair({ connectionWindowBytes: 100 });
    const { busy, first: ending, next } = queue(pair);
    pair.carry();
    busy.near.call.consumed(100);
    pair.carry();
    expect(next.far.ear.told).toEqual([]);
    ending.far.call.sendEnd();

    expect(next.far.ear.told).toEqual(["writable"]);
  });
});

describe("the connection's credit comes back", () => {
  test("for items that crossed the end of their call", () => {
    const pair = new LinkedPair({ streamWindowBytes: 100, connectionWindowBytes: 100 });
    const { near, far } = pair.connect("serverStream");
    sendAll(far.call, 60);
    near.call.cancel();
    pair.carry();

    const next = pair.connect("serverStream");
    expect(sendAll(next.far.call, 60)).toBeGreaterThan(0);
  });

  test("for items that their owner throws away", () => {
    const pair = new LinkedPair({ streamWindowBytes: 100, connectionWindowBytes: 100 });
    const { near, far } = pair.connect("serverStream");
    sendAll(far.call, 60);
    far.call.sendEnd();
    pair.carry();
    near.call.consumed(60);
    near.call.discard();
    near.call.discard();
    const granted = pair.carryTo("responder").flatMap((frame) => (frame.id === 0 ? [frame] : []));
    expect(granted).toEqual([
      { kind: "credit", id: 0, bytes: 60 },
      { kind: "credit", id: 0, bytes: 60 },
    ]);

    const next = pair.connect("serverStream");
    expect(sendAll(next.far.call, 60)).toBeGreaterThan(0);
  });
});

function overrun(pair: LinkedPair, ids: readonly number[], size: number): void {
  for (const id of ids) {
    const frame: Frame = { kind: "item", id, payload: bytes(size) };
    pair.responder.receive(frameToBytes(frame), 0);
  }
}

describe("a sender without credit is a fault that closes with 4523", () => {
  const flowControl: unknown = expect.objectContaining({ closeName: "flow-control" });

  test("not while some credit is left, however little", () => {
    const pair = new LinkedPair({ streamWindowBytes: 101 });
    pair.connect("clientStream");

    expect(overrun(pair, [1, 1], 100)).toBeUndefined();
  });

  test("on one call, beyond the item that goes past the end", () => {
    const pair = new LinkedPair({ streamWindowBytes: 150 });
    pair.connect("clientStream");
    overrun(pair, [1, 1], 100);

    expect(() => overrun(pair, [1], 3)).toThrow(flowControl);
  });

  test("on the connection", () => {
    const pair = new LinkedPair({ streamWindowBytes: 150, connectionWindowBytes: 150 });
    pair.connect("clientStream");
    pair.connect("clientStream");
    overrun(pair, [1, 2], 100);

    expect(() => overrun(pair, [2], 3)).toThrow(flowControl);
  });

  test("on the connection, with items of calls that have ended", () => {
    const pair = new LinkedPair({ streamWindowBytes: 150, connectionWindowBytes: 1_000 });
    const { far } = pair.connect("clientStream");
    far.call.respond(bytes(3));
    // What is dropped is given back at once by halves, so that a peer that waits for credit never overruns.
    expect(() =>
      overrun(
        pair,
        Array.from({ length: 30 }, () => 1),
        100,
      ),
    ).not.toThrow();
  });
});

/** A number that a seed and a turn always give. */
function pickOf(seed: number, turn: number): number {
  let mixed = Math.imul(seed ^ (turn * 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** One stream of a random run: what its sender still has, and how its reader takes. */
interface Stream {
  readonly sender: Call;
  readonly reader: Call;
  readonly readerEar: RecordingEar;
  readonly rest: number[];
  taken: number;
}

test("for any streams, windows and schedules: every item arrives, in order, and the links end empty", () => {
  const windows = fc.record({
    streamWindowBytes: fc.integer({ min: 1, max: 120 }),
    connectionWindowBytes: fc.integer({ min: 1, max: 200 }),
  });
  const sizes = fc.array(fc.integer({ min: 3, max: 90 }), { minLength: 1, maxLength: 12 });
  const plan = fc.array(fc.tuple(fc.constantFrom("up", "down"), sizes), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(windows, plan, fc.integer(), (limits, streams, seed) => {
      const pair = new LinkedPair(limits);
      const running = streams.map(([direction, items]) => {
        const { near, far } = pair.connect(direction === "up" ? "clientStream" : "serverStream");
        const [sender, reader] = direction === "up" ? [near, far] : [far, near];
        const stream: Stream = {
          sender: sender.call,
          reader: reader.call,
          readerEar: reader.ear,
          rest: [...items],
          taken: 0,
        };
        // As an owner does: whoever could not send waits to be told.
        const push = (): void => {
          while (stream.rest.length > 0 && stream.sender.canSend) {
            stream.sender.sendItem(bytes(stream.rest.shift() ?? 3));
          }
        };
        sender.ear.onWritable = push;
        return { stream, push, items };
      });
      for (const { push } of running) push();

      for (let turn = 0; turn < 4_000; turn += 1) {
        if (running.every(({ stream, items }) => stream.taken === items.length)) break;
        const pick = pickOf(seed, turn);
        const { stream } = running[Math.floor(pick / 3) % running.length] ?? {};
        if (pick % 3 === 0) pair.carryTo("responder");
        else if (pick % 3 === 1) pair.carryTo("requester");
        else if (stream !== undefined) {
          const item = stream.readerEar.items[stream.taken];
          if (item === undefined) continue;
          stream.taken += 1;
          stream.reader.consumed(item.length);
        }
      }

      for (const { stream, items } of running) {
        expect(stream.readerEar.items.map(({ length }) => length)).toEqual(items);
        if (stream.sender.role === "responder") stream.sender.sendEnd();
        else stream.reader.respond(bytes(3));
      }
      pair.carry();
      expect(pair.requester.size + pair.responder.size).toBe(0);
    }),
    { numRuns: 300 },
  );
});
