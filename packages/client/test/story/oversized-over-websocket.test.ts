/** What a server may not have a client of `ws` take in, over real sockets. */
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Client, createClient } from "../../src/index.ts";
import { order, shop } from "../fixture/shop.ts";
import { closeServers, serveSockets } from "../fixture/ws-server.ts";

const open: Client<{ shop: typeof shop }>[] = [];

afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
  await closeServers();
});

/** As much of a hello as is looked at. */
interface Said {
  readonly contracts: readonly { readonly name: string; readonly offers: readonly object[] }[];
  readonly resume?: object;
}

/** A server that welcomes everybody to a session, and answers the first thing that it is told with so many bytes. */
async function serveBytes(count: number): Promise<{
  readonly url: string;
  readonly hellos: Said[];
  readonly extensions: unknown[];
  readonly closes: number[];
}> {
  const hellos: Said[] = [];
  const extensions: unknown[] = [];
  const closes: number[] = [];
  const url = await serveSockets((socket, { headers }) => {
    extensions.push(headers["sec-websocket-extensions"]);
    socket.on("close", (code) => closes.push(code));
    socket.on("message", (data, isBinary) => {
      if (isBinary) return socket.send(new Uint8Array(count));
      const bytes = data as Buffer; // ws hands out one buffer a message unless told otherwise
      const hello = JSON.parse(bytes.toString("utf8")) as Said; // a client's of this project
      hellos.push(hello);
      const contracts = hello.contracts.map(({ name, offers }) => ({ name, ...offers[0] }));
      const session = { token: "t", graceMs: 30_000 };
      const welcome = { concordat: "welcome", wire: 1, encoding: "positional", contracts, session };
      return socket.send(JSON.stringify(welcome));
    });
  });
  return { url, hellos, extensions, closes };
}

function clientOf(url: string): Client<{ shop: typeof shop }> {
  const client = createClient({ url, WebSocket, contracts: { shop } });
  open.push(client);
  return client;
}

test("no compression is offered: what a message inflates to is beyond every other limit", async () => {
  const { url, extensions } = await serveBytes(0);
  await clientOf(url).connect();

  expect(extensions).toEqual([undefined]);
});

test("a message over the limit is refused by its length, and no session is resumed that would bring it again", async () => {
  const { url, hellos, closes } = await serveBytes(1_048_577);
  const client = clientOf(url);
  await client.connect();
  const error: unknown = await client.shop.place(order).catch((thrown: unknown) => thrown);
  await client.connect();

  expect(error).toMatchObject({ code: "unavailable", origin: "network", notExecuted: false });
  expect(String(error)).toContain("1009 message-too-large");
  expect(closes).toEqual([1009]);
  expect(hellos.map(({ resume }) => resume)).toEqual([undefined, undefined]);
});
