/** A `ws` socket as a transport, with a client of `ws` at its other end. */
import { once } from "node:events";
import { type AddressInfo, connect as connectTcp } from "node:net";
import type { Duplex } from "node:stream";
import { WholeMessages } from "@concordat/core/internal";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

import { WsTransport } from "../../src/upgrade/ws-transport.ts";

const running: { close(): void }[] = [];
/** More than the system takes for somebody who does not read. */
const manyBytes = 33_554_432;

afterEach(() => {
  for (const server of running.splice(0)) server.close();
});

/** A server that listens; `accepted` is what the first client that connects has at the other end. */
async function listen(): Promise<{
  readonly port: number;
  readonly accepted: Promise<{ readonly transport: WsTransport; readonly raw: Duplex }>;
}> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", WebSocket: WsTransport });
  running.push(server);
  const accepted = new Promise<{ readonly transport: WsTransport; readonly raw: Duplex }>(
    (accept) => {
      server.on("connection", (transport, { socket: raw }) => {
        transport.over(raw, new WholeMessages({ isMasked: true, maxBytes: manyBytes }));
        accept({ transport, raw });
      });
    },
  );
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  return { port, accepted };
}

/** Both ends of one connection. */
async function connect(): Promise<{
  readonly transport: WsTransport;
  readonly client: WebSocket;
}> {
  const { port, accepted } = await listen();
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  return { client, transport: (await accepted).transport };
}

test("a message arrives as it was sent, whatever the head that its length takes", async () => {
  const lengths = [0, 1, 125, 126, 127, 4_095, 4_096, 4_097, 65_535, 65_536];
  const { transport, client } = await connect();
  const came: { readonly isBinary: boolean; readonly text: string }[] = [];
  client.on("message", (data: Buffer, isBinary: boolean) =>
    came.push({ isBinary, text: data.toString() }),
  );
  const texts = lengths.map((length) => "x".repeat(length));
  for (const text of texts) {
    transport.send(text);
    transport.send(new TextEncoder().encode(text));
  }
  transport.close(1000, "");
  const [code] = (await once(client, "close")) as [number, Buffer]; // what ws emits

  expect(code).toBe(1000);
  expect(came).toEqual(
    texts.flatMap((text) => [
      { isBinary: false, text },
      { isBinary: true, text },
    ]),
  );
});

test("a socket whose peer has ended its side, and takes nothing of what it was sent, is gone once it is closed", async () => {
  const { port, accepted } = await listen();
  const peer = connectTcp({ port, host: "127.0.0.1", allowHalfOpen: true });
  running.push({ close: () => void peer.destroy() });
  peer.on("error", () => undefined); // it is reset
  peer.write(
    "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
  );
  const { transport, raw } = await accepted;
  const ended = new Promise<number>((settle) => {
    transport.listen({ message: () => undefined, closed: settle });
  });
  transport.send(new Uint8Array(manyBytes));
  peer.end();
  await once(raw, "end");
  expect(transport.bufferedBytes).toBeGreaterThan(0);

  transport.close(4515, "heartbeat-timeout");
  expect(await ended).toBe(1006);
  expect(transport.bufferedBytes).toBe(0);
});
