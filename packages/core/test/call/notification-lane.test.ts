/** Messages that nobody answers: bounded by credit of their own, in order, and across connections exactly once. */
import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { Link } from "../../src/call/link.ts";
import { everyPart } from "../../src/call/link-parts.ts";
import type { NotificationLane, NotificationSender } from "../../src/call/notification-lane.ts";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import type { NotificationFrame } from "../../src/wire/frame.ts";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";
import { announce, limitsWith } from "../../src/wire/limits.ts";
import { bytesToValue, valueToBytes } from "../../src/wire/values.ts";
import { LinkedPair } from "./linked-pair.ts";

function telling(message: unknown, metadata: NotificationFrame["metadata"] = []) {
  const payload = valueToBytes(message);
  return { kind: "notification", id: 0, procedure: "a/b", metadata, payload } as const;
}

/** Writes down what it is told. */
class Sender implements NotificationSender {
  outcome: unknown = "waiting";
  readonly sent = (): void => void (this.outcome = "sent");
  readonly unsent = (): void => void (this.outcome = "unsent");
  readonly failed = (error: ConcordatError): void => void (this.outcome = error.code);
}

function messagesOf(told: readonly { readonly frame: NotificationFrame }[]): unknown[] {
  return told.map(({ frame }) => bytesToValue(frame.payload, limitsWith()));
}

describe.each(["requester", "responder"] as const)("from the %s", (from) => {
  const toldOf = (pair: LinkedPair) =>
    from === "requester" ? pair.toldToResponder : pair.toldToRequester;

  test("they come in order, and the sender knows when each was handed over", () => {
    const pair = new LinkedPair();
    const senders = [new Sender(), new Sender()];
    for (const [at, sender] of senders.entries()) {
      laneOf(pair[from]).send(telling(at), sender);
    }
    pair.carry();

    expect(messagesOf(toldOf(pair))).toEqual([0, 1]);
    expect(senders.map(({ outcome }) => outcome)).toEqual(["sent", "sent"]);
  });

  test("nobody walks the line for a message that has to wait, or for credit that is not enough", () => {
    const pair = new LinkedPair({ streamWindowBytes: 600 });
    const lane = laneOf(pair[from]);
    for (let at = 0; at < 100; at += 1) lane.send(telling(at), new Sender());
    const walks = vi.spyOn(Map.prototype, Symbol.iterator);
    let count: number;
    try {
      lane.send(telling("one more"), new Sender());
      lane.grant(1);
      count = walks.mock.calls.length;
      lane.grant(1_000);
    } finally {
      walks.mockRestore();
    }

    expect(count).toBe(0);
    expect(lane.waiting).toBe(101 - 3 - 4);
  });

  test("a receiver that is not done bounds its sender, whose further messages wait in order", () => {
    const pair = new LinkedPair({ streamWindowBytes: 600 });
    const senders = Array.from({ length: 5 }, () => new Sender());
    for (const [at, sender] of senders.entries()) {
      laneOf(pair[from]).send(telling(at), sender);
    }
    pair.carry();

    // Each costs 257: the third takes the credit below zero.
    expect(messagesOf(toldOf(pair))).toEqual([0, 1, 2]);
    expect(laneOf(pair[from]).waiting).toBe(2);
    expect(laneOf(pair[from]).waitingBytes).toBe(2 * 257);

    for (const { done } of toldOf(pair).slice(0, 2)) done();
    pair.carry();
    expect(messagesOf(toldOf(pair))).toEqual([0, 1, 2, 3, 4]);
    expect(senders.map(({ outcome }) => outcome)).toEqual(Array.from(senders, () => "sent"));
  });

  test("those that are never done leave the rest of the window to the others", () => {
    const pair = new LinkedPair({ streamWindowBytes: 2_570 }); // ten of 257 bytes
    const lane = laneOf(pair[from]);
    for (let at = 0; at < 6; at += 1) lane.send(telling(at), new Sender());
    pair.carry();
    toldOf(pair).splice(0);
    const senders = Array.from({ length: 50 }, () => new Sender());
    for (const sender of senders) {
      lane.send(telling(0), sender);
      pair.carry();
      for (const { done } of toldOf(pair).splice(0)) done();
      pair.carry();
    }

    expect(senders.filter(({ outcome }) => outcome !== "sent")).toEqual([]);
  });

  test("one that waits can be taken back, and never leaves", () => {
    const pair = new LinkedPair({ streamWindowBytes: 1 });
    const [first, second] = [new Sender(), new Sender()];
    laneOf(pair[from]).send(telling("first"), first);
    laneOf(pair[from]).send(telling("second"), second);
    laneOf(pair[from]).withdraw(second);
    laneOf(pair[from]).withdraw(second);
    pair.carry();
    for (const { done } of toldOf(pair)) done();
    pair.carry();

    expect(messagesOf(toldOf(pair))).toEqual(["first"]);
    expect(laneOf(pair[from]).waitingBytes).toBe(0);
  });

  test("stuck ones do not stall a stream, and a stuck stream does not stall them", () => {
    const pair = new LinkedPair({ streamWindowBytes: 300, connectionWindowBytes: 300 });
    const { near } = pair.connect("bidiStream");
    while (near.call.canSend) near.call.sendItem(valueToBytes("x".repeat(100)));
    for (let count = 0; count < 4; count += 1) {
      laneOf(pair[from]).send(telling(count), new Sender());
    }
    pair.carry();

    expect(messagesOf(toldOf(pair))).toEqual([0, 1]);
    expect(pair.accepted[0]?.ear.items.length).toBeGreaterThan(2);
  });

  test("a peer that sends beyond its credit is closed with the code for that", () => {
    const pair = new LinkedPair({ streamWindowBytes: 257 });
    const to = from === "requester" ? pair.responder : pair.requester;
    to.receive(frameToBytes(telling(1)), 0);

    expect(() => to.receive(frameToBytes(telling(2)), 0)).toThrow(
      expect.objectContaining({ closeName: "flow-control" }),
    );
    expect(messagesOf(toldOf(pair))).toEqual([1]);
  });

  test("metadata counts, so that a window bounds memory whatever messages look like", () => {
    const pair = new LinkedPair({ streamWindowBytes: 1_000 });
    const metadata = [["a", "é".repeat(200)]] as const; // 401 bytes
    for (let count = 0; count < 5; count += 1) {
      laneOf(pair[from]).send(telling(count, metadata), new Sender());
    }
    pair.carry();

    expect(toldOf(pair)).toHaveLength(2);
    expect(laneOf(pair[from]).waitingBytes).toBe(3 * (1 + 401 + 256));
  });

  test("one that is too large fails alone, whether it waited or not", () => {
    const pair = new LinkedPair({ messageBytes: 1_000, streamWindowBytes: 257 });
    const senders = [new Sender(), new Sender(), new Sender(), new Sender()];
    const large = "x".repeat(2_000);
    for (const [at, message] of [large, 1, large, 2].entries()) {
      laneOf(pair[from]).send(telling(message), senders[at] ?? new Sender());
    }
    pair.carry();
    for (const { done } of toldOf(pair)) done();
    pair.carry();

    expect(messagesOf(toldOf(pair))).toEqual([1, 2]);
    expect(senders.map(({ outcome }) => outcome)).toEqual([
      "resource_exhausted",
      "sent",
      "resource_exhausted",
      "sent",
    ]);
  });

  test("when the link is gone for good, who waits learns that it was not sent, and listeners learn why", () => {
    const pair = new LinkedPair({ streamWindowBytes: 1 });
    const lane = laneOf(pair[from]);
    const senders = [new Sender(), new Sender(), new Sender()];
    const heard: unknown[] = [];
    const gone = new ConcordatError("unavailable", "Gone.");
    lane.onAbandon((error) => heard.push(error));
    lane.onAbandon((error) => heard.push(error))();
    for (const sender of senders.slice(0, 2)) lane.send(telling(1), sender);
    pair[from].abandon(() => gone);
    pair[from].abandon(() => gone);
    lane.send(telling(2), senders[2] ?? new Sender());

    expect(senders.map(({ outcome }) => outcome)).toEqual(["sent", "unsent", "unsent"]);
    expect(heard).toEqual([gone]);
  });
});

test("what is done after the end grants nothing, and what is not done is counted", () => {
  const pair = new LinkedPair({ streamWindowBytes: 1 });
  laneOf(pair.requester).send(telling(1), new Sender());
  pair.carry();
  expect(laneOf(pair.responder).running).toBe(1);
  pair.responder.abandon(() => new ConcordatError("unavailable", "Gone."));
  pair.toldToResponder[0]?.done();

  expect(laneOf(pair.responder).running).toBe(0);
  expect(pair.responder.takeMessages()).toEqual([]);
});

test("one that waits before the peer has said what it takes leaves when it has", () => {
  const limits = limitsWith();
  const ear = { pending: () => undefined, session: () => undefined };
  const link = new Link({ parts: everyPart(), limits, ear });
  const sender = new Sender();
  link.notifications?.send(telling("early"), sender);
  expect(sender.outcome).toBe("waiting");
  link.open(announce((name) => limits[name]));

  expect(sender.outcome).toBe("sent");
});

test("who has nobody to tell gives the credit back: its peer is not stopped for ever", () => {
  const limits = limitsWith({ streamWindowBytes: 1_000 });
  const ear = { pending: () => undefined, session: () => undefined };
  const link = new Link({ parts: everyPart(), limits, ear });
  const message = frameToBytes(telling("x".repeat(300)));
  for (let turn = 0; turn < 10; turn += 1) link.receive(message.slice(), 0);

  expect(link.lane?.running).toBe(0);
  expect(link.takeMessages()).not.toEqual([]);
});

test("one is unsettled until the other side has said that it has it", () => {
  const pair = resumablePair(700);
  expect(laneOf(pair.near).isUnsettled).toBe(false);
  laneOf(pair.near).send(telling(1), new Sender());
  pair.carry();
  expect(laneOf(pair.near).isUnsettled).toBe(true);
  pair.far.emit({ kind: "ping", id: 0, token: 1 }); // the acknowledgement travels along
  pair.carry();

  expect(laneOf(pair.near).isUnsettled).toBe(false);
});

test("one that waits for its first credit is unsettled, and a call that was sent is none", () => {
  const limits = limitsWith();
  const ear = { pending: () => undefined, session: () => undefined };
  const link = new Link({ parts: everyPart(), limits, ear });
  link.emit({ kind: "cancel", id: 1, code: 1 });
  link.takeMessages();
  expect(link.replay.isConfirmed).toBe(false);
  expect(laneOf(link).isUnsettled).toBe(false);
  laneOf(link).send(telling("early"), new Sender());

  expect(laneOf(link).isUnsettled).toBe(true);
});

test("nothing is lost and nothing comes twice, wherever the connection is cut", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("tell", "carry", "lose", "done", "cut"), { maxLength: 60 }),
      (acts) => {
        const pair = resumablePair(700);
        const told: { readonly frame: NotificationFrame; done(): void }[] = [];
        pair.told = (received) => told.push(received);
        let count = 0;
        for (const act of acts) {
          if (act === "tell") laneOf(pair.near).send(telling(count++), new Sender());
          else if (act === "carry") pair.carry();
          else if (act === "lose") pair.lose();
          else if (act === "cut") pair.cut();
          else pair.done();
        }
        pair.cut();
        for (let round = 0; round < count + 2; round += 1) {
          pair.carry();
          pair.done();
        }

        expect(messagesOf(told)).toEqual(Array.from({ length: count }, (_, at) => at));
        expect(laneOf(pair.near).waiting).toBe(0);
      },
    ),
  );
});

function laneOf(link: Link): NotificationLane {
  const lane = link.notifications;
  if (lane === undefined) throw new Error("this link is told nothing");
  return lane;
}

/** Two links of a session that can be resumed: what is under way can be lost, and both go on with what the other lacks. */
function resumablePair(streamWindowBytes: number) {
  const limits = limitsWith({ streamWindowBytes });
  const waiting: (() => void)[] = [];
  const silent = {
    pending: () => undefined,
    session: () => undefined,
  };
  const pair = {
    told: (_received: { readonly frame: NotificationFrame; done(): void }): unknown => undefined,
    near: new Link({
      parts: everyPart(),
      limits,
      ear: { ...silent, notification: () => undefined },
    }),
    far: new Link({
      parts: everyPart(),
      limits,
      ear: { ...silent, notification: (received) => hear(received) },
    }),
    carry(): void {
      for (const message of pair.near.takeMessages()) pair.far.receive(message.slice(), 0);
      for (const message of pair.far.takeMessages()) pair.near.receive(message.slice(), 0);
    },
    /** What is on its way is lost, in both directions. */
    lose(): void {
      pair.near.takeMessages();
      pair.far.takeMessages();
      pair.cut();
    },
    cut(): void {
      const received = [pair.near.replay.received, pair.far.replay.received] as const;
      const ears = {
        near: { ...silent, notification: () => undefined },
        far: { ...silent, notification: hear },
      };
      expect(pair.near.resume(received[1], ears.near)).toBe(true);
      expect(pair.far.resume(received[0], ears.far)).toBe(true);
    },
    done(): void {
      for (const done of waiting.splice(0)) done();
    },
  };
  function hear(received: { readonly frame: NotificationFrame; done(): void }): void {
    waiting.push(() => received.done());
    pair.told(received);
  }
  pair.near.open(announce((name) => limits[name]));
  pair.far.open(announce((name) => limits[name]));
  return pair;
}
