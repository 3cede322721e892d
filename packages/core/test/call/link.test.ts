/** All calls of a connection: ids, limits, deadlines, and frames that come too late. */
import { describe, expect, test } from "vitest";
import { Link } from "../../src/call/link.ts";
import type { LinkEar } from "../../src/call/link-ear.ts";
import { everyPart } from "../../src/call/link-parts.ts";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import { type Frame, nil } from "../../src/wire/frame.ts";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";
import { announce, limitsWith } from "../../src/wire/limits.ts";
import { noMetadata } from "../../src/wire/metadata.ts";
import { valueToBytes } from "../../src/wire/values.ts";
import { LinkedPair } from "./linked-pair.ts";

function send(link: Link, ...frames: readonly Frame[]): void {
  link.receive(concatBytes(frames.map(frameToBytes)), 0);
}

function request(id: number, procedure = "unary"): Frame {
  return { kind: "request", id, procedure, timeoutMs: 0, metadata: noMetadata, payload: nil };
}

function item(id: number, bytes: number): Frame {
  return { kind: "item", id, payload: valueToBytes(new Uint8Array(bytes)) };
}

const silent: LinkEar = {
  pending() {},
  kindOf: () => "unary",
  request() {},
  notification() {},
  session() {},
};

test("a call of each kind goes from its request to its end", () => {
  const pair = new LinkedPair();

  const unary = pair.connect("unary");
  unary.far.call.sendLeading([["a", "1"]]);
  unary.far.call.respond(valueToBytes("done"), [["b", "2"]]);
  const download = pair.connect("serverStream");
  download.far.call.sendItem(nil);
  download.far.call.sendItem(nil);
  download.far.call.sendEnd();
  const upload = pair.connect("clientStream");
  upload.near.call.sendItem(nil);
  upload.near.call.sendEnd();
  pair.carry();
  upload.far.call.respond(nil);
  const both = pair.connect("bidiStream");
  both.near.call.sendItem(nil);
  both.far.call.sendItem(nil);
  both.near.call.sendEnd();
  both.far.call.fail(new ConcordatError("aborted", "Lost."));
  pair.carry();

  expect(unary.near.ear.told).toEqual(["leading", "finished"]);
  expect(unary.near.ear.response).toEqual(valueToBytes("done"));
  expect(download.near.ear.told).toEqual(["item", "item", "finished"]);
  expect(upload.far.ear.told).toEqual(["item", "finished"]);
  expect(upload.near.ear.told).toEqual(["finished"]);
  expect(both.near.ear.told).toEqual(["item", "failed aborted"]);
  expect(pair.requester.size + pair.responder.size).toBe(0);
});

test("a payload is the other side's bytes, to the byte", () => {
  const pair = new LinkedPair();
  const payload = valueToBytes({ sku: "A", tags: [1, null] });
  pair.open("unary", { payload });
  pair.carry();

  expect(pair.accepted[0]?.frame.payload).toEqual(payload);
});

describe("call ids", () => {
  test("grow from 1, and may leave gaps", () => {
    const pair = new LinkedPair();
    send(pair.responder, request(1), request(5), request(6));

    expect(pair.accepted.map(({ call }) => call.id)).toEqual([1, 5, 6]);
  });

  test.each([5, 4])("%i is not used again after 5, not even when its call has ended", (id) => {
    const pair = new LinkedPair();
    send(pair.responder, request(5));
    pair.accepted[0]?.call.respond(nil);

    expect(() => send(pair.responder, request(id))).toThrow(`the call id ${id} was used before`);
  });

  test("a frame for a call that was never opened is a fault", () => {
    const pair = new LinkedPair();
    send(pair.responder, request(3));

    expect(() => send(pair.responder, item(4, 1))).toThrow("call 4 was never opened");
    expect(() => send(pair.responder, { kind: "credit", id: 4, bytes: 1 })).toThrow(
      "call 4 was never opened",
    );
    expect(() =>
      send(pair.requester, { kind: "response", id: 1, metadata: [], payload: nil }),
    ).toThrow("call 1 was never opened");
  });

  test("a request to one who answers none is for its session to refuse", () => {
    const pair = new LinkedPair();
    send(pair.requester, request(1));

    expect(pair.unanswered).toMatchObject([request(1)]);
  });
});

describe("frames that cross the end of their call are dropped", () => {
  test("everything a responder may still send after a cancel", () => {
    const pair = new LinkedPair();
    const { near, far } = pair.connect("bidiStream");
    far.call.sendLeading([]);
    far.call.sendItem(nil);
    far.call.fail(new ConcordatError("internal", "Broken."));
    near.call.cancel();
    pair.carry();

    expect(near.ear.told).toEqual([]);
    expect(far.ear.told).toEqual([]); // its error ended the call before the cancel came
  });

  test("everything a requester may still send after the answer", () => {
    const pair = new LinkedPair();
    const { near, far } = pair.connect("clientStream");
    near.call.sendItem(nil);
    near.call.sendEnd();
    near.call.cancel();
    far.call.respond(nil);
    pair.carry();

    expect(far.ear.told).toEqual([]);
    expect(near.ear.told).toEqual([]);
    expect(pair.requester.size + pair.responder.size).toBe(0);
  });

  test("credit for a call that has ended", () => {
    const pair = new LinkedPair();
    send(pair.responder, request(1));
    pair.accepted[0]?.call.respond(nil);

    expect(send(pair.responder, { kind: "credit", id: 1, bytes: 5 })).toBeUndefined();
  });

  test("an act after the end sends nothing", () => {
    const pair = new LinkedPair();
    const { near, far } = pair.connect("bidiStream");
    near.call.cancel();
    pair.carry();
    far.call.sendItem(nil);
    far.call.sendEnd();
    const detail = { name: "late", value: "not encoded, so it could not be sent" };
    far.call.fail(new ConcordatError("internal", "Late.", { detail }));
    near.call.cancel();

    expect(far.ear.told).toEqual(["failed cancelled"]);
    expect(pair.carryTo("requester")).toEqual([]);
    expect(pair.carryTo("responder")).toEqual([]);
  });
});

describe("deadlines", () => {
  test("travel as the time that is left", () => {
    const pair = new LinkedPair();
    pair.open("unary", { deadline: pair.now + 250 });
    pair.open("unary", { deadline: pair.now - 5 });
    pair.open("unary");
    pair.open("unary", { deadline: pair.now + 250.2 }); // no responder gives up before its caller
    pair.carry();

    expect(pair.accepted.map(({ frame }) => frame.timeoutMs)).toEqual([250, 1, 0, 251]);
  });

  test.each([2 ** 53, 1e300, Infinity])("travel however far they lie: in %d ms", (ms) => {
    const pair = new LinkedPair();
    pair.open("unary", { deadline: pair.now + ms });
    pair.carry();

    expect(pair.accepted.map(({ frame }) => frame.timeoutMs)).toEqual([Number.MAX_SAFE_INTEGER]);
  });

  test("end the call on both sides, even where no frame gets through", () => {
    const pair = new LinkedPair();
    const near = pair.open("unary", { deadline: pair.now + 250 });
    pair.carry();
    const far = pair.accepted[0];

    expect(pair.requester.wakeAt).toBe(pair.now + 250);
    pair.pass(249);
    expect([near.ear.told, far?.ear.told]).toEqual([[], []]);
    pair.pass(1);
    expect([near.ear.told, far?.ear.told]).toEqual([
      ["failed deadline_exceeded"],
      ["failed deadline_exceeded"],
    ]);
    expect(pair.requester.size + pair.responder.size).toBe(0);
    expect(pair.requester.wakeAt).toBeUndefined();
  });

  test("are told to the other side with code 4", () => {
    const pair = new LinkedPair();
    pair.open("unary", { deadline: pair.now + 10 });
    pair.carry();
    pair.now += 10;
    pair.requester.tick(pair.now);

    expect(pair.carryTo("responder")).toEqual([{ kind: "cancel", id: 1, code: 4 }]);
    expect(pair.accepted[0]?.ear.told).toEqual(["failed deadline_exceeded"]);
  });

  test("do nothing to a call that has ended", () => {
    const pair = new LinkedPair();
    const near = pair.open("unary", { deadline: pair.now + 10 });
    pair.open("unary"); // keeps the link busy, so that the deadline is not simply forgotten
    pair.carry();
    pair.accepted[0]?.call.respond(nil);
    pair.carry();
    pair.pass(1_000);

    expect(near.ear.told).toEqual(["finished"]);
  });
});

describe("a cancel", () => {
  test("reaches the handler, and is not told to the one who asked for it", () => {
    const pair = new LinkedPair();
    const { near, far } = pair.connect("serverStream");
    near.call.cancel();
    pair.carry();

    expect(near.ear.told).toEqual([]);
    expect(far.ear.told).toEqual(["failed cancelled"]);
    expect(far.ear.error).toMatchObject({ origin: "remote" });
  });

  test("with a code that nobody knows is a cancel", () => {
    const pair = new LinkedPair();
    send(pair.responder, request(1), { kind: "cancel", id: 1, code: 77 });

    expect(pair.accepted[0]?.ear.told).toEqual(["failed cancelled"]);
  });
});

describe("limits", () => {
  test("one call more than may be open fails alone", () => {
    const pair = new LinkedPair({ callsInFlight: 2 });
    pair.open("unary");
    pair.open("unary");

    expect(() => pair.open("unary")).toThrow(
      expect.objectContaining({
        rawMessage: "No more calls than 2 may be open; wait for one to end.",
        notExecuted: true,
      }),
    );
    pair.carry();
    pair.accepted[0]?.call.respond(nil);
    pair.carry();
    expect(pair.open("unary").call.state).toBe("requested");
  });

  test("of calls in flight are the peer's once it has announced them", () => {
    const pair = new LinkedPair({ callsInFlight: 2 });
    pair.requester.open({ ...announce((name) => pair.limits[name]), callsInFlight: 1 });
    pair.open("unary");

    expect(() => pair.open("unary")).toThrow("No more calls than 1 may be open");
  });

  test("a request that fails behind a call that one of its getters made leaves that call its id", () => {
    const pair = new LinkedPair();
    const opening = { callKind: "unary", procedure: "unary", metadata: noMetadata } as const;
    const put = (): never => {
      pair.open("unary");
      throw new Error("half-way");
    };
    const payload = { length: 1, put };
    expect(() => pair.requester.request({ ...opening, payload, deadline: undefined }, 0)).toThrow(
      "half-way",
    );
    pair.open("unary");
    pair.carry();

    expect(pair.accepted.map(({ frame }) => frame.id)).toEqual([2, 3]);
  });

  test("a peer that opens more gets an answer for each, and keeps its connection", () => {
    const pair = new LinkedPair({ callsInFlight: 2 });
    send(pair.responder, request(1), request(2), request(3));

    expect(pair.accepted).toHaveLength(2);
    const answers = pair.responder.takeMessages();
    expect(answers).toHaveLength(1);
    expect(pair.responder.size).toBe(2);
  });

  test("a request that is too large for the peer fails alone, and uses up no id", () => {
    const pair = new LinkedPair({ messageBytes: 1_000 });

    expect(() => pair.open("unary", { payload: new Uint8Array(1_000) })).toThrow(
      expect.objectContaining({ code: "resource_exhausted" }),
    );
    expect(pair.open("unary").call.id).toBe(1);
    expect(pair.requester.size).toBe(1);
  });

  test("an answer that is too large leaves the call open for a smaller one", () => {
    const pair = new LinkedPair({ messageBytes: 1_000 });
    const { near, far } = pair.connect("unary");

    expect(() => far.call.respond(new Uint8Array(1_000))).toThrow("stream it in parts");
    far.call.fail(new ConcordatError("internal", "Too large."));
    pair.carry();
    expect(near.ear.told).toEqual(["failed internal"]);
  });

  test("more values than a receiver takes fail alone, before they are sent", () => {
    const pair = new LinkedPair({ values: 100 });
    const { far } = pair.connect("unary");
    const list = valueToBytes(Array.from({ length: 101 }, () => 1_000));

    expect(() => far.call.respond(list)).toThrow("more than 100 values; stream it in parts");
    expect(far.call.state).toBe("requested");
  });

  test("a message that is too large closes with its own code", () => {
    const link = new Link({
      parts: everyPart(),
      limits: limitsWith({ messageBytes: 10 }),
      ear: silent,
    });

    expect(() => link.receive(new Uint8Array(11), 0)).toThrow(
      expect.objectContaining({ closeName: "message-too-large" }),
    );
  });

  test("metadata over the limit is a fault on arrival, in every frame that has some", () => {
    const metadata = [["a", "x".repeat(20)]] as const;
    const frames: readonly Frame[] = [
      { ...request(9), metadata } as Frame, // a request with more metadata
      { kind: "end", id: 1, metadata },
    ];
    for (const frame of frames) {
      const pair = new LinkedPair({ metadataBytes: 20 });
      send(pair.responder, request(1, "clientStream"));

      expect(() => send(pair.responder, frame)).toThrow("metadata takes more than 20 bytes");
    }
  });

  test("metadata over the peer's limit fails alone, before it is sent", () => {
    const pair = new LinkedPair({ metadataBytes: 20 });
    const { far } = pair.connect("unary");

    expect(() => far.call.respond(nil, [["a", "x".repeat(20)]])).toThrow(
      expect.objectContaining({ code: "resource_exhausted" }),
    );
    expect(far.call.state).toBe("requested");
  });
});

test("what comes message by message is acknowledged, although nothing is sent", () => {
  const link = new Link({ parts: everyPart(), limits: limitsWith(), ear: silent });
  for (let id = 1; id <= 31; id += 1) send(link, request(id));
  expect(link.takeMessages()).toEqual([]);
  send(link, request(32));

  expect(link.takeMessages()).toEqual([frameToBytes({ kind: "ack", id: 0, frames: 32 })]);
});

test("a link that could not go on with another connection still tells the owner it had", () => {
  const told: string[] = [];
  const earOf = (name: string) => ({ ...silent, pending: () => void told.push(name) });
  const link = new Link({ parts: everyPart(), limits: limitsWith(), ear: earOf("first") });
  expect(link.resume(9, earOf("second"))).toBe(false);
  link.emit({ kind: "ping", id: 0, token: 1 });

  expect(told).toEqual(["first"]);
});

test("when the connection is gone every open call fails with the error given, once", () => {
  const pair = new LinkedPair();
  const calls = [pair.open("unary"), pair.open("bidiStream"), pair.open("serverStream")];
  pair.requester.abandon(() => new ConcordatError("unavailable", "Gone."));
  pair.requester.abandon(() => new ConcordatError("internal", "Again."));

  expect(calls.map(({ ear }) => ear.told)).toEqual(calls.map(() => ["failed unavailable"]));
  expect(pair.requester.size).toBe(0);
});

test("a call of a procedure that nobody knows is the owner's to refuse, items behind it are dropped", () => {
  const pair = new LinkedPair();
  send(pair.responder, request(1, "nothing/like/it"));
  const [call] = pair.accepted;
  call?.call.fail(new ConcordatError("unimplemented", "No."));

  expect(send(pair.responder, item(1, 10), { kind: "end", id: 1, metadata: [] })).toBeUndefined();
});

test("a ping is answered with its token, and a pong with nothing", () => {
  const pair = new LinkedPair();
  send(pair.requester, { kind: "ping", id: 0, token: 7 }, { kind: "pong", id: 0, token: 9 });

  expect(pair.carryTo("responder")).toEqual([{ kind: "pong", id: 0, token: 7 }]);
});
