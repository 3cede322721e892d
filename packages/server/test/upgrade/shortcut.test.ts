/** A server's socket takes small messages past the parser of ws: nobody can tell, whatever comes. */
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { Duplex } from "node:stream";
import { WholeMessages } from "@concordat/core/internal";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { WebSocketServer } from "ws";

import { WsTransport } from "../../src/upgrade/ws-transport.ts";

/** The longest message that may come. */
const maxPayload = 300;

/** What a peer is written to, and what it sends. */
class Wire extends Duplex {
  readonly written: Uint8Array[] = [];

  override _read(): void {
    // What comes is pushed.
  }

  override _write(chunk: Uint8Array, _encoding: string, done: () => void): void {
    this.written.push(chunk);
    done();
  }
}

/** What came of what a peer sends, in chunks: messages, what it was answered, and whether it is heard any longer. */
async function outcomeOf(chunks: readonly Uint8Array[], isShort: boolean): Promise<unknown> {
  const server = new WebSocketServer({
    noServer: true,
    WebSocket: WsTransport,
    perMessageDeflate: false,
    maxPayload,
  });
  const wire = new Wire();
  const request = Object.assign(new IncomingMessage(new Socket()), { method: "GET", url: "/" });
  request.headers = {
    upgrade: "websocket",
    connection: "Upgrade",
    "sec-websocket-version": "13",
    "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
  };
  const told: unknown[] = [];
  server.handleUpgrade(request, wire, Buffer.alloc(0), (transport) => {
    if (isShort) transport.over(wire, new WholeMessages({ isMasked: true, maxBytes: maxPayload }));
    transport.listen({
      message: (message) => told.push(typeof message === "string" ? message : [...message]),
      closed: (code, reason) => told.push({ code, reason }),
    });
  });
  for (const chunk of chunks) {
    wire.push(Uint8Array.from(chunk)); // it is unmasked where it stands
    await new Promise(setImmediate);
  }
  const answered = Buffer.concat(wire.written).toString("latin1");
  const isHeard = wire.listenerCount("data") > 0;
  const outcome = { told: [...told], answered, isHeard };
  wire.destroy();
  return outcome;
}

const anyFirst = fc.oneof(
  { weight: 12, arbitrary: fc.constant(0x82) },
  { weight: 4, arbitrary: fc.constantFrom(0x81, 0x02, 0x00, 0x80, 0x89) },
  { weight: 1, arbitrary: fc.constantFrom(0x88, 0xc2, 0x83, 0x92, 0x8b, 0x08) },
);
const anyBody = fc.oneof(
  { weight: 6, arbitrary: fc.uint8Array({ maxLength: 20 }) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 120, maxLength: 320 }) },
);
const anyMask = fc.oneof(
  { weight: 15, arbitrary: fc.uint8Array({ minLength: 4, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constant(Uint8Array.of()) },
);

/** A frame of a client, or something that is nearly one. */
const anyFrame = fc.tuple(anyFirst, anyBody, anyMask).map(([first, body, mask]) => {
  const { length } = body;
  const sign = length < 126 ? [length] : [126, length >> 8, length & 0xff];
  const [told = 0, ...more] = sign;
  return Buffer.concat([
    Uint8Array.of(first, told | (mask.length === 0 ? 0 : 0x80), ...more),
    mask,
    body.map((byte, at) => byte ^ (mask[at % 4] ?? 0)),
  ]);
});

test("messages, answers and ends are what they are where everything goes through the parser, however it is cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyFrame, { maxLength: 8 }),
      fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(40)), { maxLength: 8 }),
      async (frames, delays) => {
        const bytes = Buffer.concat(frames);
        const chunks: Uint8Array[] = [];
        let [start, from] = [0, 0];
        for (const [index, frame] of frames.entries()) {
          start += frame.length;
          const to = Math.min(start + (delays[index] ?? 0), bytes.length);
          if (to > from) chunks.push(bytes.subarray(from, to));
          from = Math.max(from, to);
        }
        expect(await outcomeOf(chunks, true)).toEqual(await outcomeOf(chunks, false));
      },
    ),
    { numRuns: 2_000 },
  );
});
