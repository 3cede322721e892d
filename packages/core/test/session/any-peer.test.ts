/** Whatever a peer says, in whatever order: no exception, one end, and nothing left behind. */
import { settle } from "@concordat/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import { helloToText } from "../../src/handshake/hello.ts";
import { welcomeToText } from "../../src/handshake/welcome.ts";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import type { Frame } from "../../src/wire/frame.ts";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";
import { frame } from "../wire/arbitrary-frame.ts";
import { hello, request, ScriptedClient, welcome } from "./scripted-client.ts";
import { ScriptedServer } from "./scripted-server.ts";

/** Ids that meet: frames for calls that are open, over, and never opened. */
const nearFrame: fc.Arbitrary<Frame> = fc
  .tuple(frame, fc.integer({ min: 1, max: 4 }))
  // A frame of a call keeps its kind and gets an id that may be in use.
  .map(([each, id]) => (each.id === 0 ? each : ({ ...each, id } as Frame)));

const message = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(nearFrame, { maxLength: 4 })
      .map((each) => concatBytes(each.map(frameToBytes))),
  },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 1, max: 4 })
      .map((id) => frameToBytes(request(id, "orders/upload"))),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "",
      "{}",
      "[]",
      "null",
      helloToText(hello, "g"),
      welcomeToText(welcome, "g"),
    ),
  },
);
const messages = fc.array(fc.tuple(message, fc.nat({ max: 60_000 })), { maxLength: 12 });
const options = { numRuns: 300, interruptAfterTimeLimit: 8_000 };

test("a server survives any client", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("none", "hello", "open", "discarding"),
      messages,
      async (way, said) => {
        const client = new ScriptedClient();
        if (way === "hello") await client.say(helloToText(hello, "g"));
        if (way === "open") await client.open();
        if (way === "discarding") await client.open({ early: "discarded" });
        for (const [each, pause] of said) {
          await client.say(each);
          for (const { call } of client.calls.slice(-1))
            call.fail(new ConcordatError("aborted", "No."));
          await client.clock.advance(pause);
        }
        client.pipe.cut();
        await settle();

        expect(client.ended).toHaveLength(1);
        expect(client.session.state).toBe("closed");
        expect(client.session.callsOpen).toBe(0);
        expect(client.clock.waiting).toBe(0);
      },
    ),
    options,
  );
});

test("a client survives any server", async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), messages, async (isOpen, said) => {
      const server = new ScriptedServer();
      const calls = [
        server.request("unary"),
        server.request("serverStream"),
        server.request("bidiStream", { deadline: server.clock.now() + 100_000 }),
      ];
      if (isOpen) await server.welcome();
      for (const [each, pause] of said) {
        if (typeof each === "string") server.peer.text(each);
        else server.peer.bytes(each);
        await server.clock.advance(pause);
      }
      server.peer.cut();
      await settle();

      expect(server.ends).toHaveLength(1);
      expect(server.session.callsOpen).toBe(0);
      expect(server.clock.waiting).toBe(0);
      for (const { ear } of calls) {
        // Forgotten where the server discarded early data, else told exactly once how it ended.
        const ends = ear.told.filter((what) => what === "finished" || what.startsWith("failed"));
        expect(ends.length).toBeLessThanOrEqual(1);
      }
    }),
    options,
  );
});
