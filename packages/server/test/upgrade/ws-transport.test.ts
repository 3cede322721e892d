/** A `ws` socket as a transport, with a client of `ws` at its other end. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

import { WsTransport } from "../../src/upgrade/ws-transport.ts";

const running: { close(): void }[] = [];

afterEach(() => {
  for (const server of running.splice(0)) server.close();
});

/** Both ends of one connection. */
async function connect(): Promise<{
  readonly transport: WsTransport;
  readonly client: WebSocket;
}> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", WebSocket: WsTransport });
  running.push(server);
  const accepted = new Promise<WsTransport>((accept) => {
    server.on("connection", (transport, request) => {
      transport.over(request.socket);
      accept(transport);
    });
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  return { client, transport: await accepted };
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
