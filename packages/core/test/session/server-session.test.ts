/** The server's side of one connection, from its first byte to its last. */
import { settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import { helloToText } from "../../src/handshake/hello.ts";
import { refusal } from "../../src/negotiation/refusal.ts";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import type { Frame } from "../../src/wire/frame.ts";
import { nil } from "../../src/wire/frame.ts";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";
import { announce } from "../../src/wire/limits.ts";
import { valueToBytes } from "../../src/wire/values.ts";
import { hello, request, ScriptedClient, welcome } from "./scripted-client.ts";

const helloText = helloToText(hello, "g");
const begin: Frame = { kind: "begin", id: 0 };

describe("the handshake", () => {
  test("hello, then welcome, then frames", async () => {
    const client = new ScriptedClient();
    await client.say(helloText);
    expect(client.session.state).toBe("deciding");
    expect(client.hellos).toHaveLength(1);
    client.session.welcome(welcome, "g", client.clock.now());
    await client.send(request(1));
    client.calls[0]?.call.respond(nil);
    await settle();

    expect(client.texts).toMatchObject([{ concordat: "welcome", wire: 1, early: "accepted" }]);
    expect(client.frames).toEqual([{ kind: "response", id: 1, metadata: [], payload: nil }]);
  });

  test("hello, then reject and a close that says the same, then silence", async () => {
    const client = new ScriptedClient();
    await client.say(helloText, frameToBytes(request(1)));
    client.session.reject(
      refusal("client-too-old", {
        message: "Too old.",
        contract: "orders",
        offered: ["1.0.0"],
        supported: { floor: "2.0.0", newest: "3.0.0" },
      }),
    );
    client.session.welcome(welcome, "g", client.clock.now());
    await settle();

    expect(client.texts).toMatchObject([{ concordat: "reject", code: 4426 }]);
    expect(client.end).toEqual({
      code: 4426,
      reason: "client-too-old contract=orders have=1.0.0 min=2.0.0 max=3.0.0",
    });
    expect(client.calls).toEqual([]);
    expect(client.frames).toEqual([]);
  });

  test.each<readonly [name: string, message: string | Uint8Array]>([
    ["binary", frameToBytes(request(1))],
    ["no JSON", "hello"],
    ["no object", "[]"],
    ["no hello", "{}"],
    ["over 16 KiB", helloToText({ ...hello, auth: "x".repeat(16_384) }, "g")],
  ])("a first message that is %s is rejected with 4400 in words", async (_name, message) => {
    const client = new ScriptedClient();
    await client.say(message);

    expect(client.end).toEqual({ code: 4400, reason: "bad-handshake" });
    expect(client.texts).toMatchObject([
      { code: 4400, message: expect.stringMatching(/^The handshake cannot be read: .*\.$/) },
    ]);
    expect(client.hellos).toEqual([]);
  });

  test("without a hello within the limit it is over, with 4508", async () => {
    const client = new ScriptedClient();
    await client.clock.advance(4_999);
    expect(client.end).toBeUndefined();
    await client.clock.advance(1);

    expect(client.end).toEqual({ code: 4508, reason: "handshake-timeout" });
    expect(client.texts).toMatchObject([{ concordat: "reject", code: 4508 }]);
    expect(client.clock.waiting).toBe(0);
  });

  test("a hello that waited unread while the server did not run is still read", async () => {
    const client = new ScriptedClient();
    await client.clock.sleep(7_000);
    expect(client.end).toBeUndefined();
    await client.say(helloText);

    expect(client.hellos).toHaveLength(1);
  });

  test("nor does it matter whether the server runs again just in time to be punctual", async () => {
    const client = new ScriptedClient();
    await client.clock.sleep(4_999);
    await client.clock.advance(1);
    expect(client.end).toBeUndefined();
    await client.say(helloText);

    expect(client.hellos).toHaveLength(1);
  });

  test("time in which the server did not run is not the client's, and all other time is", async () => {
    const client = new ScriptedClient();
    await client.clock.advance(2_000);
    await client.clock.sleep(7_000); // a look was due after 500 of these
    await client.clock.advance(2_499);
    expect(client.end).toBeUndefined();
    await client.clock.advance(1);

    expect(client.end?.code).toBe(4508);
    expect(client.clock.waiting).toBe(0);
  });

  test("a decision that takes too long is too late as well", async () => {
    const client = new ScriptedClient();
    await client.clock.advance(4_000);
    await client.say(helloText);
    await client.clock.advance(1_000);
    client.session.welcome(welcome, "g", client.clock.now());
    await settle();

    expect(client.end?.code).toBe(4508);
    expect(client.texts).toHaveLength(1);
  });

  test("an open session has no handshake to be late with", async () => {
    const client = new ScriptedClient();
    await client.open();
    await client.clock.advance(6_000);

    expect(client.end).toBeUndefined();
  });

  test.each([1e308, 2 ** 53, 2 ** 31, 1, 0.5, -1, "x", null])(
    "limits of %j in a hello are survived by everything that follows",
    async (value) => {
      const client = new ScriptedClient({ keepAliveMs: 100 });
      const said = { ...hello, limits: announce(() => value as number) }; // a peer's types are its own
      await client.say(helloToText(said, "g"));
      client.session.welcome(welcome, "g", client.clock.now());
      await client.send({ ...request(1), timeoutMs: 50 }, { kind: "ping", id: 0, token: 1 });
      client.session.goaway(1_000);
      await client.clock.advance(149);

      expect(client.kinds).toEqual(["pong", "goaway", "error", "ping"]);
      expect(client.end).toBeUndefined();
    },
  );
});

describe("early data", () => {
  test("that is accepted is executed after the welcome, in order", async () => {
    const client = new ScriptedClient();
    await client.say(helloText, frameToBytes(request(1)), frameToBytes(request(2)));
    expect(client.calls).toEqual([]);
    client.session.welcome(welcome, "g", client.clock.now());
    await client.send(request(3));

    expect(client.calls.map(({ call }) => call.id)).toEqual([1, 2, 3]);
  });

  test("that is discarded is never executed; what follows begin is, with ids from 1 again", async () => {
    const client = new ScriptedClient();
    await client.say(helloText, frameToBytes(request(1, "orders/early")));
    client.session.welcome({ ...welcome, early: "discarded" }, "g", client.clock.now());
    await client.send(request(2, "orders/early"));
    await client.send(request(3, "orders/early"), begin, request(1), request(2));
    await client.send(request(3));

    expect(client.calls.map(({ frame }) => [frame.id, frame.procedure])).toEqual([
      [1, "orders/unary"],
      [2, "orders/unary"],
      [3, "orders/unary"],
    ]);
    expect(client.session.state).toBe("open");
  });

  test("begin alone opens the session, too", async () => {
    const client = new ScriptedClient();
    await client.open({ early: "discarded" });
    expect(client.session.state).toBe("discarding");
    await client.send(begin);

    expect(client.session.state).toBe("open");
  });

  test("that is discarded must still be frames", async () => {
    const client = new ScriptedClient();
    await client.open({ early: "discarded" });
    await client.say(Uint8Array.of(0xc1));

    expect(client.end).toEqual({ code: 4522, reason: "protocol-violation" });
  });

  test("that is discarded has the same bound: who never says begin is not listened to for ever", async () => {
    const frame = frameToBytes(request(1));
    const [within, over] = [frame.length * 3, frame.length * 3 - 1].map(
      (earlyBytes) => new ScriptedClient({ earlyBytes }),
    );
    for (const client of [within, over]) {
      await client?.say(helloText, frame);
      client?.session.welcome({ ...welcome, early: "discarded" }, "g", client.clock.now());
      await client?.send(request(1), request(1));
      await client?.send(begin, request(1), request(2));
    }

    expect(within?.end).toBeUndefined();
    expect(within?.calls).toHaveLength(2);
    expect(over?.end).toEqual({ code: 4400, reason: "bad-handshake" });
  });

  test("up to the bound is kept, and one byte more is not", async () => {
    const frame = frameToBytes({ ...request(1), payload: valueToBytes(new Uint8Array(100)) });
    const [within, over] = [frame.length * 2, frame.length * 2 - 1].map(
      (earlyBytes) => new ScriptedClient({ earlyBytes }),
    );
    await within?.say(helloText, frame, frame);
    await over?.say(helloText, frame, frame);

    expect(within?.end).toBeUndefined();
    expect(over?.end).toEqual({ code: 4400, reason: "bad-handshake" });
  });

  test("in a message that cannot be read closes when its turn comes", async () => {
    const client = new ScriptedClient();
    await client.say(helloText, Uint8Array.of(0xc1), frameToBytes(request(1)));
    client.session.welcome(welcome, "g", client.clock.now());
    await settle();

    expect(client.end?.code).toBe(4522);
    expect(client.calls).toEqual([]);
  });
});

describe("credentials", () => {
  test("that end close the connection with 4501 at that very time, and its calls are over", async () => {
    const client = new ScriptedClient();
    await client.open({ session: { token: "t", graceMs: 1_000 } });
    client.session.validity.endAt(client.clock.now() + 5_000);
    await client.send(request(1));
    await client.clock.advance(4_999);
    expect(client.end).toBeUndefined();
    await client.clock.advance(1);

    expect(client.end).toEqual({ code: 4501, reason: "reauthenticate" });
    expect(client.ended).toMatchObject([{ code: 4501, survivor: undefined }]);
    expect(client.calls[0]?.ear.told.at(-1)).toBe("failed cancelled");
    expect(client.clock.waiting).toBe(0);
  });

  test("that end sooner than was known close the connection then, although nobody says anything", async () => {
    const client = new ScriptedClient();
    await client.open();
    client.session.validity.endAt(client.clock.now() + 50);
    await client.clock.advance(50);

    expect(client.end).toMatchObject({ code: 4501 });
  });

  test("that are over are never told as good for ever", async () => {
    const client = new ScriptedClient();
    await client.open();
    const now = client.clock.now();
    client.session.validity.endAt(now);
    client.session.validity.announce(now);
    client.session.flush(now);
    await settle();

    expect(client.frames).toEqual([{ kind: "expiry", id: 0, withinMs: 1 }]);
  });

  test("that have ended while this process did not run let nothing through that waits in the socket", async () => {
    const client = new ScriptedClient();
    await client.open();
    const now = client.clock.now();
    client.session.validity.endAt(now + 5_000);
    client.session.receive(frameToBytes(request(1)), now + 5_000); // before the timer, which is late
    await settle();

    expect(client.calls).toEqual([]);
    expect(client.end).toMatchObject({ code: 4501 });
  });

  test("that came anew are told to the owner, who says how long they are good for", async () => {
    const client = new ScriptedClient();
    await client.open();
    client.session.validity.endAt(client.clock.now() + 5_000);
    await client.send({ kind: "renew", id: 0, credentials: '{"token":"t-2"}' });
    expect(client.renewals).toEqual([{ token: "t-2" }]);
    client.session.validity.endAt(client.clock.now() + 60_000.4);
    client.session.validity.announce(client.clock.now());
    await client.clock.advance(20_000);
    client.session.validity.endAt(Infinity);
    client.session.validity.announce(client.clock.now());
    await settle();

    const said = client.frames.filter(({ kind }) => kind === "expiry");
    expect(said).toMatchObject([{ withinMs: 60_001 }, { withinMs: 0 }]);
    expect(client.end).toBeUndefined();
  });
});

describe("what breaks the protocol closes the connection", () => {
  const item: Frame = { kind: "item", id: 1, payload: nil };
  test.each<readonly [name: string, message: string | Uint8Array | readonly Frame[], code: number]>(
    [
      ["a second hello", helloText, 4522],
      ["bytes that are no frame", Uint8Array.of(0xc1), 4522],
      ["an empty array", Uint8Array.of(0x90), 4522],
      ["begin without need", [begin], 4522],
      ["goaway from a client", [{ kind: "goaway", id: 0, withinMs: 1 }], 4522],
      ["a notice from a client", [{ kind: "notice", id: 0, text: "{}" }], 4522],
      ["an expiry from a client", [{ kind: "expiry", id: 0, withinMs: 1 }], 4522],
      ["credentials that are no JSON", [{ kind: "renew", id: 0, credentials: "{" }], 4522],
      [
        "credentials longer than a hello",
        [{ kind: "renew", id: 0, credentials: `"${"x".repeat(16_384)}"` }],
        4522,
      ],
      [
        "a response from a client",
        [request(1), { kind: "response", id: 1, metadata: [], payload: nil }],
        4522,
      ],
      ["an item of a unary call", [request(1), item], 4522],
      [
        "an item after the end",
        [request(1, "orders/upload"), { kind: "end", id: 1, metadata: [] }, item],
        4522,
      ],
      ["a call id again", [request(1), request(1)], 4522],
      ["a frame of no call", [item], 4522],
      ["an acknowledgement of nothing sent", [{ kind: "ack", id: 0, frames: 9 }], 4522],
      ["metadata over the limit", [{ ...request(1), metadata: [["a", "x".repeat(8_192)]] }], 4522],
      ["credit over two gigabytes", [{ kind: "credit", id: 0, bytes: 0x7fffffff }], 4523],
      [
        "items beyond credit",
        [
          request(1, "orders/upload"),
          { ...item, payload: valueToBytes(new Uint8Array(300_000)) },
          item,
        ],
        4523,
      ],
      ["a message over the limit", new Uint8Array(1_048_577), 4513],
    ],
  )("%s", async (_name, message, code) => {
    const client = new ScriptedClient();
    await client.open({ session: { token: "t", graceMs: 1 } });
    if (typeof message === "string" || message instanceof Uint8Array) await client.say(message);
    else await client.send(...message);

    expect(client.end?.code).toBe(code);
    expect(client.ended).toMatchObject([{ code, survivor: undefined }]);
    expect(client.ended[0]?.detail).not.toBe("");
  });

  test("text while the hello is decided on", async () => {
    const client = new ScriptedClient();
    await client.say(helloText, helloText);

    expect(client.end?.code).toBe(4522);
  });

  test("nothing that comes after the close is looked at", async () => {
    const client = new ScriptedClient();
    await client.open();
    client.session.close("rebalance");
    client.session.receive(frameToBytes(request(1)), client.clock.now());
    client.session.receive(helloText, client.clock.now());
    await settle();

    expect(client.calls).toEqual([]);
    expect(client.ended).toHaveLength(1);
  });

  test("an owner that throws costs the connection, not the process", async () => {
    const client = new ScriptedClient();
    await client.open();
    client.calls.push = () => {
      throw new Error("The owner has a bug.");
    };
    await client.send(request(1));

    expect(client.end).toEqual({ code: 4500, reason: "internal-error" });
  });
});

describe("keep-alive", () => {
  test("a server that has sent nothing for an interval asks", async () => {
    const client = new ScriptedClient({ keepAliveMs: 100 });
    await client.open();
    await client.clock.advance(99);
    expect(client.frames).toEqual([]);
    await client.clock.advance(1);

    expect(client.frames).toEqual([{ kind: "ping", id: 0, token: 0 }]);
  });

  test("a server that sends anyway does not ask", async () => {
    const client = new ScriptedClient({ keepAliveMs: 100 });
    await client.open();
    for (let turn = 0; turn < 5; turn += 1) {
      await client.clock.advance(90);
      await client.send({ kind: "ping", id: 0, token: turn });
    }

    expect(client.kinds).toEqual(["pong", "pong", "pong", "pong", "pong"]);
  });

  test("two silent intervals are the end, with 4515", async () => {
    const client = new ScriptedClient({ keepAliveMs: 100 });
    await client.open();
    await client.clock.advance(199);
    expect(client.end).toBeUndefined();
    await client.clock.advance(1);

    expect(client.end).toEqual({ code: 4515, reason: "heartbeat-timeout" });
    expect(client.kinds).toEqual(["ping", "ping"]);
    expect(client.clock.waiting).toBe(0);
  });

  test("whatever is heard counts as life", async () => {
    const client = new ScriptedClient({ keepAliveMs: 100 });
    await client.open();
    for (let turn = 0; turn < 10; turn += 1) {
      await client.clock.advance(199);
      await client.send({ kind: "pong", id: 0, token: 0 });
    }

    expect(client.end).toBeUndefined();
  });

  test("a server that slept asks first, and gives up only when there is still nothing", async () => {
    const client = new ScriptedClient({ keepAliveMs: 100 });
    await client.open();
    await client.clock.sleep(100_000);
    expect(client.end).toBeUndefined();
    expect(client.kinds).toEqual(["ping"]);
    await client.clock.advance(100);

    expect(client.end?.code).toBe(4515);
  });
});

describe("the end", () => {
  test("what was queued leaves before the close", async () => {
    const client = new ScriptedClient();
    await client.open();
    await client.send(request(1));
    client.calls[0]?.call.respond(nil);
    client.session.close("draining", { spread: 5_000 });
    await settle();

    expect(client.kinds).toEqual(["response"]);
    expect(client.end).toEqual({ code: 4503, reason: "draining spread=5000" });
  });

  test("open calls are told that nobody will read their answer, and the owner once", async () => {
    const client = new ScriptedClient();
    await client.open();
    await client.send(request(1), request(2, "orders/upload"));
    client.pipe.cut();
    await settle();
    client.session.closed(1006, "");
    client.session.close("internal-error");

    expect(client.calls.map(({ ear }) => ear.told)).toEqual([
      ["failed cancelled"],
      ["failed cancelled"],
    ]);
    expect(client.ended).toEqual([{ code: 1006, detail: "", survivor: undefined }]);
    expect(client.session.callsOpen).toBe(0);
  });

  test("calls of a session that can be resumed go on after a cut", async () => {
    const client = new ScriptedClient();
    await client.open({ session: { token: "t", graceMs: 1_000 } });
    await client.send(request(1));
    client.pipe.cut();
    await settle();

    expect(client.calls[0]?.ear.told).toEqual([]);
    expect(client.ended[0]?.survivor?.size).toBe(1);
  });

  test("drain is announced before it happens", async () => {
    const client = new ScriptedClient();
    await client.open();
    client.session.goaway(1_000);
    await settle();

    expect(client.frames).toEqual([{ kind: "goaway", id: 0, withinMs: 1_000 }]);
    expect(client.session.state).toBe("open");
  });

  test("drain is announced also to a client that has not said begin yet", async () => {
    const client = new ScriptedClient();
    await client.open({ early: "discarded" });
    client.session.goaway(1_000);
    await settle();

    expect(client.session.state).toBe("discarding");
    expect(client.frames).toEqual([{ kind: "goaway", id: 0, withinMs: 1_000 }]);
  });

  test("a connection that is lost before a hello ends without a word", async () => {
    const client = new ScriptedClient();
    client.pipe.cut();
    await settle();

    expect(client.ended).toEqual([{ code: 1006, detail: "", survivor: undefined }]);
    expect(client.clock.waiting).toBe(0);
  });
});

describe("a resumed session", () => {
  test("goes on with the calls and sends what the client lacks, before anything is begun", async () => {
    const first = new ScriptedClient();
    await first.open({ session: { token: "t", graceMs: 1_000 } });
    await first.send(request(1), request(2));
    first.pipe.cut();
    await settle();
    const link = first.ended[0]?.survivor;
    first.calls[0]?.call.respond(nil);

    const second = new ScriptedClient();
    await second.say(helloToText({ ...hello, resume: { token: "t", received: 0 } }, "g"));
    expect(link !== undefined && second.session.resume(link)).toBe(true);
    // Not the first offer: a new session would have to begin, a resumed one has nothing to drop.
    const agreed = {
      ...welcome,
      early: "discarded",
      session: { token: "u", graceMs: 1, received: 2 },
    } as const;
    second.session.welcome(agreed, "g", second.clock.now());
    await settle();

    expect(second.texts).toMatchObject([{ early: "accepted", session: { received: 2 } }]);
    expect(second.session.state).toBe("open");
    expect(second.frames).toEqual([{ kind: "response", id: 1, metadata: [], payload: nil }]);
    first.calls[1]?.call.fail(new ConcordatError("aborted", "Lost."));
    await settle();
    expect(second.kinds).toEqual(["response", "error"]);
  });

  test("has the credit that it had: what was announced once is not granted again", async () => {
    const limits = { ...hello.limits, streamWindowBytes: 10, connectionWindowBytes: 15 };
    const first = new ScriptedClient();
    await first.open({ session: { token: "t", graceMs: 1_000 } }, { limits });
    await first.send(request(1, "orders/watch"), request(2, "orders/watch"));
    const [one, other] = first.calls.map(({ call }) => call);
    one?.sendItem(valueToBytes("x".repeat(15)));
    await settle();
    first.pipe.cut();
    await settle();
    const link = first.ended[0]?.survivor;
    if (link === undefined) throw new Error("nothing survived");

    const second = new ScriptedClient();
    const resume = { token: "t", received: 1 };
    await second.say(helloToText({ ...hello, limits, resume }, "g"));
    expect(second.session.resume(link)).toBe(true);
    second.session.welcome({ ...welcome, session: { token: "u", graceMs: 1 } }, "g", 0);
    await settle();

    expect([one?.canSend, other?.canSend, link.credit?.isOpen]).toEqual([false, false, false]);
    await second.send({ kind: "credit", id: 0, bytes: 2 });
    expect(link.credit?.isOpen).toBe(true);
    expect([one?.canSend, other?.canSend]).toEqual([false, true]);
  });

  test("is refused where the client claims what was never sent", async () => {
    const first = new ScriptedClient();
    await first.open({ session: { token: "t", graceMs: 1_000 } });
    first.pipe.cut();
    await settle();
    const link = first.ended[0]?.survivor;

    const second = new ScriptedClient();
    await second.say(helloToText({ ...hello, resume: { token: "t", received: 5 } }, "g"));

    expect(link !== undefined && second.session.resume(link)).toBe(false);
  });
});

test("a deadline passes at its time, although nobody says anything then", async () => {
  const client = new ScriptedClient();
  await client.open();
  await client.send({ ...request(1), timeoutMs: 100 });
  await client.clock.advance(99);
  expect(client.calls[0]?.ear.told).toEqual([]);
  await client.clock.advance(1);

  expect(client.calls[0]?.ear.told).toEqual(["failed deadline_exceeded"]);
  expect(client.kinds).toEqual(["error"]);
});

test("frames of one turn travel in one message", async () => {
  const client = new ScriptedClient();
  let messages = 0;
  await client.open();
  await client.send(...Array.from({ length: 10 }, (_, at) => request(at + 1)));
  const sent = client.pipe.deliver.bind(client.pipe);
  client.pipe.deliver = (message) => {
    messages += 1;
    sent(message);
  };
  for (const { call } of client.calls) call.respond(nil);
  await settle();

  expect(client.frames).toHaveLength(10);
  expect(messages).toBe(1);
});

test("many frames come in one message, too", async () => {
  const client = new ScriptedClient();
  await client.open();
  await client.say(concatBytes([request(1), request(2)].map(frameToBytes)));

  expect(client.calls).toHaveLength(2);
});
