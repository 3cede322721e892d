/** What is taken past the parser of a WebSocket, and what is left to it. */
import { EventEmitter } from "node:events";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  type MessageTaker,
  type ReadingSocket,
  WholeMessages,
  type WholeMessagesOptions,
} from "../../src/transport/whole-messages.ts";

const wholeText = 0x81;
const wholeBytes = 0x82;
const beginning = 0x02;
const middle = 0x00;
const end = 0x80;
const ping = 0x89;
/** More than any message here. */
const manyBytes = 1_000_000;
/** The longest that is worth it. */
const longestTaken = 1_024;
const mask = Uint8Array.of(0xa1, 0x02, 0x00, 0xff);

/** A frame, built from the text of RFC 6455, section 5.2, and not from what is tested. */
function frameOf(first: number, body: Uint8Array, isMasked: boolean): Uint8Array {
  const { length } = body;
  const sign = length < 126 ? length : length < 65_536 ? 126 : 127;
  const head = [first, sign | (isMasked ? 0x80 : 0)];
  if (sign === 126) head.push(length >> 8, length & 0xff);
  if (sign === 127) head.push(0, 0, 0, 0, 0, length >> 16, (length >> 8) & 0xff, length & 0xff);
  const sent = isMasked ? body.map((byte, at) => byte ^ (mask[at % 4] ?? 0)) : body;
  return Buffer.concat([Uint8Array.from(head), isMasked ? mask : Uint8Array.of(), sent]);
}

function bodyOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (at * 7 + length) & 0xff);
}

/** A message, or what may stand between messages: the first bytes of its frames, and how long each is. */
const anyMessage = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      firsts: fc.constant([wholeBytes]),
      length: fc.oneof(
        fc.constantFrom(0, 1, 3, 4, 5, 124, 125, 126, 127, 1_023, 1_024, 1_025, 65_535, 65_536),
        fc.nat(300),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      firsts: fc.constantFrom(
        [wholeText],
        [ping],
        [beginning, end],
        [beginning, middle, ping, middle, end],
      ),
      length: fc.nat(125),
    }),
  },
);

/** Takes what may be taken at one socket. */
function takeWholeMessages(
  socket: ReadingSocket,
  { isMasked, maxBytes, ...taker }: WholeMessagesOptions & Omit<MessageTaker, "edges">,
): void {
  new WholeMessages({ isMasked, maxBytes }).at(socket, { edges: undefined, ...taker });
}

/** A socket that the parser listens to, and what came of it. */
function socketWithParser(): { readonly socket: EventEmitter; readonly parsed: Uint8Array[] } {
  const socket = new EventEmitter();
  const parsed: Uint8Array[] = [];
  socket.on("data", (chunk: Uint8Array) => parsed.push(chunk));
  return { socket, parsed };
}

test("what is taken, and what the parser is left with, is all that came, in order: each small message of bytes that is a chunk by itself is taken, and nothing else", () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.array(anyMessage, { maxLength: 12 }),
      // Chunks end with a message, or a little behind it.
      fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(400)), { maxLength: 12 }),
      (isMasked, messages, delays) => {
        const sent = messages.map(({ firsts, length }) =>
          Buffer.concat(firsts.map((first) => frameOf(first, bodyOf(length), isMasked))),
        );
        const wire = Buffer.concat(sent);
        const accounted: Uint8Array[] = [];
        const taken: number[] = [];
        const socket = new EventEmitter();
        socket.on("data", (chunk: Uint8Array) => accounted.push(chunk));
        takeWholeMessages(socket, {
          isMasked,
          maxBytes: manyBytes,
          take(message) {
            taken.push(Buffer.concat(accounted).length);
            accounted.push(frameOf(wholeBytes, message, isMasked));
          },
        });

        const expected: number[] = [];
        let [start, from] = [0, 0];
        for (const [index, { length }] of sent.entries()) {
          const to = Math.min(start + length + (delays[index] ?? 0), wire.length);
          const message = messages[index];
          const isAlone = from === start && to === start + length && length > 0;
          if (isAlone && message?.firsts[0] === wholeBytes && message.length <= longestTaken) {
            expected.push(start);
          }
          if (to > from) socket.emit("data", Uint8Array.from(wire.subarray(from, to)));
          start += length;
          from = Math.max(from, to);
        }

        expect(taken).toEqual(expected);
        expect(Buffer.concat(accounted).equals(wire)).toBe(true);
      },
    ),
  );
});

test.each([
  ["bytes that are not masked, from a client", true, frameOf(wholeBytes, bodyOf(5), false)],
  ["bytes that are masked, from a server", false, frameOf(wholeBytes, bodyOf(5), true)],
  ["a text", false, frameOf(wholeText, bodyOf(5), false)],
  ["bytes of an extension", false, frameOf(wholeBytes | 0x40, bodyOf(5), false)],
  ["a beginning of more", false, frameOf(beginning, bodyOf(5), false)],
  ["more than may come", false, frameOf(wholeBytes, bodyOf(201), false)],
  ["a message and a byte", false, Uint8Array.of(...frameOf(wholeBytes, bodyOf(5), false), 0x82)],
  ["two messages", false, Uint8Array.of(wholeBytes, 1, 7, wholeBytes, 1, 8)],
  ["a head without a body", false, Uint8Array.of(wholeBytes, 5)],
  ["half a head", false, Uint8Array.of(wholeBytes)],
  ["half of a long head", false, Uint8Array.of(wholeBytes, 126, 0)],
  ["bytes that are not masked, with four more", true, [wholeBytes, 1, 1, 2, 3, 4, 5]],
  ["bytes that are masked, without the last four", false, [wholeBytes, 0x81, 1]],
  ["a length in eight bytes that is one of itself", false, [wholeBytes, 127, ...bodyOf(129)]],
  [
    "a length in eight bytes that says what is so",
    false,
    Uint8Array.of(wholeBytes, 127, ...Array<number>(7).fill(0), 1, 9),
  ],
])("%s is the parser's", (_what, isMasked, chunk) => {
  const { socket, parsed } = socketWithParser();
  const taken: Uint8Array[] = [];
  takeWholeMessages(socket, { isMasked, maxBytes: 200, take: (message) => taken.push(message) });
  const read = Uint8Array.from(chunk);
  socket.emit("data", read);

  expect(taken).toEqual([]);
  expect(parsed).toEqual([read]);
});

const alone = Uint8Array.of(wholeBytes, 1, 7);

test.each([
  ["within the body of a text", [[wholeText, 6, 1], alone, [2, 3]]],
  [
    "within the head of a text",
    [[wholeText], [126, 1], [wholeBytes, 0, ...bodyOf(0)], bodyOf(386)],
  ],
  ["behind the beginning of a message", [[beginning, 1, 1], alone]],
  ["behind a ping within a message", [[beginning, 1, 1], [ping, 0], alone]],
  ["behind a middle of a message", [[beginning, 1, 1], [middle, 1, 1], alone]],
])("what looks like a message %s is the parser's", (_where, chunks) => {
  const { socket, parsed } = socketWithParser();
  const taken: Uint8Array[] = [];
  takeWholeMessages(socket, {
    isMasked: false,
    maxBytes: manyBytes,
    take: (message) => taken.push(message),
  });
  for (const chunk of chunks) socket.emit("data", Uint8Array.from(chunk));

  expect(taken).toEqual([]);
  expect(parsed).toEqual(chunks.map((chunk) => Uint8Array.from(chunk)));
});

test("a message that was taken is plain bytes, which are where they were read", () => {
  const { socket } = socketWithParser();
  const taken: Uint8Array[] = [];
  takeWholeMessages(socket, {
    isMasked: false,
    maxBytes: manyBytes,
    take: (message) => taken.push(message),
  });
  const chunk = Buffer.from(frameOf(wholeBytes, bodyOf(5), false));
  socket.emit("data", chunk);

  const [message] = taken;
  expect(Buffer.isBuffer(message)).toBe(false);
  expect(message?.buffer).toBe(chunk.buffer);
});

test("the parser takes its listener away, and hears and takes nothing more", () => {
  const socket = new EventEmitter();
  const heard: unknown[] = [];
  const parser = (chunk: unknown): void => void heard.push(chunk);
  socket.on("data", parser);
  takeWholeMessages(socket, {
    isMasked: false,
    maxBytes: manyBytes,
    take: (message) => heard.push(message),
  });
  expect(socket.listenerCount("data")).toBe(1);
  socket.off("data", parser);
  socket.emit("data", Uint8Array.of(wholeBytes, 1, 7));

  expect(socket.listenerCount("data")).toBe(0);
  expect(heard).toEqual([]);
});

/** Chunks for the parser, and how many messages end in each. */
const leftToParser: readonly (readonly [number, readonly number[]])[] = [
  [1, [wholeText, 1, 1]],
  [2, [wholeText, 1, 1, wholeText, 0]],
  [0, [ping, 1, 5]],
  [1, [ping, 0, wholeText, 1, 1]],
  [0, [beginning, 1, 1, ping, 0]],
  [0, [middle, 1, 1]],
  [1, [ping, 0, end, 0, ping, 0]],
  [0, [wholeText]],
  [0, [3, 1, 2]],
  [2, [3, wholeText, 0]],
];

/** What is taken of a small message that comes between those chunks, where the parser hands so many messages on for each. */
function takenBetween(handsOn: (due: number, index: number) => number): number {
  const socket = new EventEmitter();
  let taken = 0;
  let handedOn = 7; // before the socket was seen
  let next = 0;
  socket.on("data", () => (handedOn += next));
  takeWholeMessages(socket, {
    isMasked: false,
    maxBytes: manyBytes,
    take: () => (taken += 1),
    handedOn: () => handedOn,
  });
  for (const [index, [due, chunk]] of leftToParser.entries()) {
    next = handsOn(due, index);
    socket.emit("data", Uint8Array.from(chunk));
  }
  next = 1;
  socket.emit("data", Uint8Array.from(alone));
  return taken;
}

test("behind a parser that hands on each message in the turn in which it ends, a small one is taken", () => {
  expect(takenBetween((due) => due)).toBe(1);
});

test("a parser that puts a message off is not overtaken, whichever it is", () => {
  for (const [late, [messages]] of leftToParser.entries()) {
    if (messages === 0) continue;
    expect(takenBetween((due, index) => (index === late ? due - 1 : due))).toBe(0);
  }
});

test("a socket on which nobody listens, or others do as well, is left as it is", () => {
  for (const listeners of [[], [() => undefined, () => undefined]]) {
    const socket = new EventEmitter();
    for (const listener of listeners) socket.on("data", listener);
    takeWholeMessages(socket, { isMasked: false, maxBytes: manyBytes, take: () => undefined });

    expect(socket.rawListeners("data")).toEqual(listeners);
  }
});

test("one listener serves all sockets with the same parser, each of which is in the middle of its own", () => {
  const whole = new WholeMessages({ isMasked: false, maxBytes: manyBytes });
  const parsed: [socket: unknown, chunk: Uint8Array][] = [];
  function parser(this: unknown, chunk: Uint8Array): void {
    parsed.push([this, chunk]);
  }
  const taken: [socket: unknown, message: Uint8Array][] = [];
  const [one, other, third] = Array.from({ length: 3 }, () => {
    const socket = new EventEmitter();
    socket.on("data", parser);
    whole.at(socket, { edges: undefined, take: (message) => taken.push([socket, message]) });
    return socket;
  });
  expect(one?.rawListeners("data")).toEqual(other?.rawListeners("data"));
  const [half, message] = [Uint8Array.of(wholeText, 6, 1), Uint8Array.of(wholeBytes, 1, 7)];
  one?.emit("data", half);
  one?.emit("data", message);
  other?.emit("data", message);
  third?.emit("data", message);

  expect(parsed).toEqual([
    [one, half],
    [one, message],
  ]);
  expect(taken).toEqual([
    [other, Uint8Array.of(7)],
    [third, Uint8Array.of(7)],
  ]);
});

test("sockets with parsers of several kinds are each left to their own", () => {
  const whole = new WholeMessages({ isMasked: false, maxBytes: manyBytes });
  const parsed: string[] = [];
  const sockets = ["a", "b", "a"].map((name) => {
    const socket = new EventEmitter();
    socket.on("data", () => parsed.push(name));
    whole.at(socket, { edges: undefined, take: () => parsed.push("taken") });
    return socket;
  });
  for (const socket of sockets) socket.emit("data", Uint8Array.of(wholeText, 0));

  expect(parsed).toEqual(["a", "b", "a"]);
});
