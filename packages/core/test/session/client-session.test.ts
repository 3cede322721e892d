/** The client's side of one connection, from its hello to its end. */
import { settle } from "@concordat/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { helloFromMessage, helloToText } from "../../src/handshake/hello.ts";
import { refusal } from "../../src/negotiation/refusal.ts";
import type { Frame } from "../../src/wire/frame.ts";
import { nil } from "../../src/wire/frame.ts";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";
import { announce, limitsWith } from "../../src/wire/limits.ts";
import { metadataBytes } from "../../src/wire/metadata.ts";
import { valueToBytes } from "../../src/wire/values.ts";
import { everyPart } from "../../src/call/link-parts.ts";
import type { SessionEnd } from "../../src/session/client-session-ear.ts";
import { ClientSession } from "../../src/session/client-session.ts";
import { hello, request, ScriptedClient } from "./scripted-client.ts";
import { ScriptedServer } from "./scripted-server.ts";

describe("the handshake", () => {
  test("the hello is the first message, and a call made at once travels right behind it", async () => {
    const server = new ScriptedServer();
    server.request();
    await settle();

    expect(server.peer.texts).toEqual([helloToText(hello, "g")]);
    expect(server.peer.frames).toMatchObject([{ ...request(1), procedure: "orders/unary" }]);
  });

  test("an early call that was accepted is answered like any other", async () => {
    const server = new ScriptedServer();
    const { ear } = server.request();
    await server.welcome();
    server.peer.respond(1, "done");
    await settle();

    expect(ear.response).toEqual(valueToBytes("done"));
    expect(server.welcomes).toMatchObject([{ welcome: { early: "accepted" }, isResumed: false }]);
  });

  test("early calls that were discarded are forgotten, and begin comes before everything else", async () => {
    const server = new ScriptedServer();
    const early = server.request();
    await server.welcome({ early: "discarded" });
    const again = server.request();
    await settle();
    server.peer.respond(1, "done");
    await settle();

    expect(server.peer.frames.map(({ kind, id }) => [kind, id])).toEqual([
      ["request", 1],
      ["begin", 0],
      ["request", 1],
    ]);
    expect(early.ear.told).toEqual([]);
    expect(again.ear.told).toEqual(["finished"]);
    expect(server.session.callsOpen).toBe(0);
  });

  test("nothing is streamed before the server has announced its windows", async () => {
    const server = new ScriptedServer();
    const { call, ear } = server.request("clientStream");
    expect(call.canSend).toBe(false);
    await server.welcome({ limits: { ...hello.limits, streamWindowBytes: 5 } });

    expect(ear.told).toEqual(["writable"]);
    expect(call.canSend).toBe(true);
  });

  test("a server that says nothing is given up, with 4800", async () => {
    const server = new ScriptedServer();
    await server.clock.advance(4_999);
    expect(server.ends).toEqual([]);
    await server.clock.advance(1);

    expect(server.peer.end).toEqual({ code: 4800, reason: "heartbeat-lost" });
    expect(server.ends).toMatchObject([
      { code: 4800, wasOpen: false, fault: "no welcome came in time" },
    ]);
    expect(server.clock.waiting).toBe(0);
  });

  test("a welcome that waited unread while the client did not run is still read", async () => {
    const server = new ScriptedServer();
    await server.clock.sleep(7_000);
    await server.welcome();

    expect(server.ends).toEqual([]);
    expect(server.session.state).toBe("open");
  });

  test("a deadline passes while the server still thinks", async () => {
    const server = new ScriptedServer();
    const { ear } = server.request("unary", { deadline: server.clock.now() + 100 });
    await server.clock.advance(100);

    expect(ear.told).toEqual(["failed deadline_exceeded"]);
  });
});

describe("a refusal", () => {
  const tooOld = refusal("client-too-old", {
    message: "Too old.",
    contract: "orders",
    offered: ["1.0.0"],
    supported: { floor: "2.0.0", newest: "3.0.0", releases: [] },
    mustMove: "client",
  });

  test("is decided by the close, and says what the reject said", async () => {
    const server = new ScriptedServer();
    const { ear } = server.request();
    await settle();
    server.peer.reject(tooOld);
    await settle();

    expect(server.ends).toEqual([
      {
        code: 4426,
        reason: "client-too-old contract=orders have=1.0.0 min=2.0.0 max=3.0.0",
        refusal: tooOld,
        fault: undefined,
        wasOpen: false,
        survivor: undefined,
      },
    ]);
    expect(ear.told.at(-1)).toBe("failed unavailable");
  });

  test("without its reject still has code and reason", async () => {
    const server = new ScriptedServer();
    await settle();
    server.peer.close(4426, "client-too-old min=2.0.0");
    await settle();

    expect(server.ends).toMatchObject([
      { code: 4426, reason: "client-too-old min=2.0.0", refusal: undefined },
    ]);
  });

  test("whose close never comes ends with the handshake's time, and is remembered", async () => {
    const server = new ScriptedServer();
    await settle();
    server.peer.text({ concordat: "reject", code: 4426 });
    await server.clock.advance(5_000);

    expect(server.ends).toMatchObject([{ code: 4800, refusal: { closeCode: 4426 } }]);
  });
});

describe("what breaks the protocol closes the connection", () => {
  const ping: Frame = { kind: "ping", id: 0, token: 1 };
  test.each<readonly [name: string, message: string | Uint8Array]>([
    ["binary", frameToBytes(ping)],
    ["no JSON", "{"],
    ["neither welcome nor reject", '{"concordat":"hello"}'],
    ["a welcome without a wire revision", '{"concordat":"welcome","encoding":"msgpack"}'],
    ["no object", "null"],
  ])("an answer that is %s, with 4802", async (_name, message) => {
    const server = new ScriptedServer();
    await settle();
    if (typeof message === "string") server.peer.text(message);
    else server.peer.bytes(message);
    await settle();

    expect(server.peer.end).toEqual({ code: 4802, reason: "server-rejected" });
    expect(server.ends).toMatchObject([{ code: 4802, fault: expect.stringMatching(/\w/) }]);
  });

  test.each<readonly [name: string, message: string | Uint8Array | Frame]>([
    ["text after the handshake", "{}"],
    ["bytes that are no frame", Uint8Array.of(0xc1)],
    ["a request from a server", request(1)],
    ["begin from a server", { kind: "begin", id: 0 }],
    ["a frame of no call", { kind: "response", id: 9, metadata: [], payload: nil }],
    ["an item of a unary call", { kind: "item", id: 1, payload: nil }],
    ["a cancel from a server", { kind: "cancel", id: 1, code: 1 }],
    ["fresh credentials from a server", { kind: "renew", id: 0, credentials: "1" }],
    ["credit over two gigabytes", { kind: "credit", id: 0, bytes: 0x7fffffff }],
    ["a message over the limit", new Uint8Array(1_048_577)],
  ])("%s, with 4803", async (_name, message) => {
    const server = new ScriptedServer();
    const { ear } = server.request();
    await server.welcome();
    if (typeof message === "string") server.peer.text(message);
    else if (message instanceof Uint8Array) server.peer.bytes(message);
    else server.peer.send(message);
    await settle();

    expect(server.peer.end).toEqual({ code: 4803, reason: "bad-frame" });
    expect(server.ends).toMatchObject([{ code: 4803, wasOpen: true, survivor: undefined }]);
    expect(ear.told.at(-1)).toBe("failed unavailable");
  });
});

describe("keep-alive", () => {
  test("a ping is answered within the turn in which it came", async () => {
    const server = new ScriptedServer();
    await server.welcome();
    server.peer.send({ kind: "ping", id: 0, token: 42 });
    await settle();

    expect(server.peer.frames).toEqual([{ kind: "pong", id: 0, token: 42 }]);
  });

  test("a silent server is given up after two of the intervals that it announced", async () => {
    const server = new ScriptedServer();
    const { ear } = server.request();
    await server.welcome({ limits: { ...hello.limits, keepAliveMs: 100 } });
    await server.clock.advance(199);
    expect(server.ends).toEqual([]);
    await server.clock.advance(1);

    expect(server.peer.end).toEqual({ code: 4800, reason: "heartbeat-lost" });
    expect(ear.told.at(-1)).toBe("failed unavailable");
    expect(server.clock.waiting).toBe(0);
  });

  test("after sleep the server gets a chance before it is given up", async () => {
    const server = new ScriptedServer();
    await server.welcome({ limits: { ...hello.limits, keepAliveMs: 100 } });
    await server.clock.sleep(3_600_000);
    expect(server.ends).toEqual([]);
    server.peer.send({ kind: "ping", id: 0, token: 0 });
    await server.clock.advance(199);
    expect(server.ends).toEqual([]);
    await server.clock.advance(1);

    expect(server.ends).toMatchObject([{ code: 4800 }]);
  });

  test.each([1e308, 2 ** 53, -1, 0.5])("an interval of %d is survived", async (keepAliveMs) => {
    const server = new ScriptedServer();
    await server.welcome({ limits: { ...hello.limits, keepAliveMs } });
    await server.clock.advance(1_000);

    expect(server.ends).toEqual([]);
  });
});

describe("early data stays within the bound that a server keeps to", () => {
  test("a call that would go over it may not be made yet, and may after the welcome", async () => {
    const server = new ScriptedServer({ limits: { earlyBytes: 2_000 } });
    expect(server.session.mayRequest(1_400)).toBe(true);
    server.request("unary", { payload: valueToBytes(new Uint8Array(1_400)) });
    expect(server.session.mayRequest(1_400)).toBe(false);
    await server.welcome();

    expect(server.session.mayRequest(1_000_000)).toBe(true);
  });

  test(
    "for any calls, what may be sent is never more than a server takes",
    { timeout: 60_000 },
    async () => {
      const metadata = fc.array(
        fc.tuple(fc.stringMatching(/^[a-z]{1,100}$/), fc.string({ unit: "binary" })),
        { maxLength: 5 },
      );
      const calls = fc.array(fc.tuple(fc.nat({ max: 30 }), metadata), {
        maxLength: 150,
        size: "max",
      });
      await fc.assert(
        fc.asyncProperty(calls, async (given) => {
          const near = new ScriptedServer({ limits: { earlyBytes: 3_000 } });
          const far = new ScriptedClient({ earlyBytes: 3_000 });
          for (const [size, pairs] of given) {
            const bytes = size + metadataBytes(pairs);
            if (near.session.mayRequest(bytes)) {
              near.request("unary", {
                payload: valueToBytes(new Uint8Array(size)),
                metadata: pairs,
              });
            }
          }
          await settle();
          await far.say(helloToText(hello, "g"), ...near.peer.frames.map(frameToBytes));

          expect(far.end).toBeUndefined();
        }),
        { numRuns: 50, interruptAfterTimeLimit: 4_000 },
      );
    },
  );
});

describe("the end", () => {
  test("the owner is told once, and its error goes to every open call", async () => {
    const server = new ScriptedServer();
    const calls = [server.request(), server.request("serverStream")];
    await server.welcome();
    server.peer.cut();
    await settle();
    server.session.close(1000, "");
    server.session.closed(1006, "");

    expect(server.ends).toMatchObject([{ code: 1006, reason: "", wasOpen: true }]);
    expect(calls.map(({ ear }) => ear.told.filter((what) => what !== "writable"))).toEqual([
      ["failed unavailable"],
      ["failed unavailable"],
    ]);
  });

  test("a close of this side sends what was queued, then the code, and waits for nobody", async () => {
    const server = new ScriptedServer();
    await server.welcome();
    const { call } = server.request("serverStream");
    await settle();
    call.cancel();
    server.session.close(1000, "bye");
    expect(server.ends).toMatchObject([{ code: 1000, reason: "bye" }]);
    await settle();

    expect(server.peer.heard("cancel")).toHaveLength(1);
    expect(server.peer.end).toEqual({ code: 1000, reason: "bye" });
    expect(server.clock.waiting).toBe(0);
  });

  test("a call on a closed session fails at once", async () => {
    const server = new ScriptedServer();
    server.session.close(1000, "");

    expect(() => server.request()).toThrow(expect.objectContaining({ code: "unavailable" }));
    expect(server.session.mayRequest(1)).toBe(false);
  });

  test("nothing that comes afterwards is looked at", async () => {
    const server = new ScriptedServer();
    await server.welcome();
    server.session.close(1000, "");
    server.session.receive(Uint8Array.of(0xc1), server.clock.now());
    server.session.receive("{}", server.clock.now());

    expect(server.ends).toHaveLength(1);
  });
});

test("fresh credentials leave as JSON once the connection is open, and the server's word about them is told", async () => {
  const server = new ScriptedServer();
  server.session.renew({ token: "too early" });
  await server.welcome();
  server.session.renew({ token: "t-2" });
  server.session.renew(undefined);
  await settle();
  server.peer.send({ kind: "expiry", id: 0, withinMs: 60_000 });
  await settle();

  expect(server.peer.heard("renew").map(({ credentials }) => credentials)).toEqual([
    '{"token":"t-2"}',
    "null",
  ]);
  expect(server.expiries).toEqual([60_000]);
});

test("goaway and notices are told, with links only to the web", async () => {
  const server = new ScriptedServer();
  await server.welcome();
  server.peer.send(
    { kind: "goaway", id: 0, withinMs: 5_000 },
    { kind: "notice", id: 0, text: '{"sunset":"2027-01-31","url":"javascript:x","later":1}' },
    { kind: "notice", id: 0, text: "[]" },
    { kind: "notice", id: 0, text: "{" },
    { kind: "notice", id: 0, text: `{"message":"${"x".repeat(20_000)}"}` },
  );
  await settle();

  expect(server.goaways).toEqual([5_000]);
  expect(server.notices).toEqual([{ sunset: "2027-01-31" }]);
});

test("ends with the code of this side, whatever the transport says of it, and with what broke on it", () => {
  const ends: SessionEnd[] = [];
  const start = (): ClientSession => {
    const session: ClientSession = new ClientSession({
      parts: everyPart(),
      hello,
      grease: "g",
      limits: limitsWith(),
      now: 0,
      port: {
        send: () => undefined,
        close: (code) => session.closed(code, "told"),
        pending: () => undefined,
      },
      ear: {
        welcome: () => undefined,
        notification: () => undefined,
        goaway: () => undefined,
        expiry: () => undefined,
        notice: () => undefined,
        ended: (end) => void ends.push(end),
      },
    });
    return session;
  };
  start().close(1000, "bye", undefined, 4999);
  start().closed(1006, "", "the worker is gone");

  expect(ends).toMatchObject([
    { code: 1000, fault: undefined },
    { code: 1006, fault: "the worker is gone" },
  ]);
});

describe("a session that can be resumed", () => {
  const session = { token: "t", graceMs: 1_000 };

  async function cut(): Promise<ScriptedServer> {
    const server = new ScriptedServer({ keepsCalls: true });
    await server.welcome({ session });
    return server;
  }

  test("keeps its calls through a cut, and goes on with them", async () => {
    const first = await cut();
    const answered = first.request();
    const lost = first.request();
    await settle();
    first.peer.respond(answered.call.id, "one");
    await settle();
    first.peer.cut();
    await settle();
    const survivor = first.ends[0]?.survivor;
    expect(lost.ear.told).toEqual([]);
    if (survivor === undefined) throw new Error("nothing survived");

    const second = new ScriptedServer({ resume: survivor });
    await settle();
    const said = helloFromMessage(second.peer.texts[0] ?? "", 16_384);
    expect(said.resume).toEqual({ token: "t", received: 1 });
    expect(second.session.mayRequest(1)).toBe(false);
    await second.welcome({ early: "accepted", session: { ...session, token: "u", received: 1 } });
    second.peer.respond(lost.call.id, "two");
    await settle();

    expect(second.welcomes).toMatchObject([{ isResumed: true }]);
    expect(second.peer.heard("request").map(({ id }) => id)).toEqual([lost.call.id]);
    expect(second.peer.heard("begin")).toEqual([]);
    expect(lost.ear.response).toEqual(valueToBytes("two"));
  });

  test("says at once that its welcome has come: until then the server cannot know", async () => {
    const first = await cut();
    const { call } = first.request();
    await settle();
    first.peer.cut();
    await settle();
    const survivor = first.ends[0]?.survivor;
    if (survivor === undefined) throw new Error("nothing survived");
    const second = new ScriptedServer({ resume: survivor });
    await second.welcome({ early: "accepted", session: { ...session, received: call.id } });

    expect(second.peer.frames).toEqual([{ kind: "ack", id: 0, frames: 0 }]);
  });

  test("has no survivor where what had not left yet is more than is kept", async () => {
    const server = new ScriptedServer({ keepsCalls: true, limits: { replayBytes: 1_000 } });
    await server.welcome({ session });
    const { ear } = server.request("unary", { payload: valueToBytes("x".repeat(2_000)) });
    server.session.closed(1006, "");

    expect(server.ends).toMatchObject([{ code: 1006, survivor: undefined }]);
    expect(ear.told).toEqual(["failed unavailable"]);
  });

  test("starts anew where the server does not know it any more", async () => {
    const first = await cut();
    first.peer.cut();
    await settle();
    const survivor = first.ends[0]?.survivor;
    if (survivor === undefined) throw new Error("nothing survived");
    const second = new ScriptedServer({ resume: survivor });
    await second.welcome({ session: { ...session, token: "u" }, early: "discarded" });

    expect(second.welcomes).toMatchObject([{ isResumed: false }]);
    expect(second.peer.heard("begin")).toHaveLength(1);
  });

  test("is over with a server that claims frames that were never sent", async () => {
    const first = await cut();
    first.peer.cut();
    await settle();
    const survivor = first.ends[0]?.survivor;
    if (survivor === undefined) throw new Error("nothing survived");
    const second = new ScriptedServer({ resume: survivor });
    await second.welcome({ session: { ...session, received: 7 } });

    expect(second.ends).toMatchObject([{ code: 4803 }]);
  });

  test("has no survivor after a close that ends the conversation", async () => {
    for (const code of [1000, 4426, 4503, 4522]) {
      const server = await cut();
      server.peer.close(code, "");
      await settle();
      expect(server.ends).toMatchObject([{ code, survivor: undefined }]);
    }
  });
});

test("limits that a server announces below what a frame needs do not stop the client", async () => {
  const server = new ScriptedServer();
  await server.welcome({ limits: announce(() => 1) });
  const { ear } = server.request("unary", { deadline: server.clock.now() + 2 });
  await server.clock.advance(2);

  expect(ear.told).toEqual(["failed deadline_exceeded"]);
});

test("a server that keeps no sessions is told of no frames that have arrived", async () => {
  const server = new ScriptedServer();
  server.request();
  await server.welcome();
  server.peer.respond(1, "done");
  server.peer.send({ kind: "ping", id: 0, token: 0 });
  await settle();

  expect(server.peer.frames.map(({ kind }) => kind)).toEqual(["request", "pong"]);
});
