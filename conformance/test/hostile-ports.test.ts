/** What can be cloned into a MessagePort and is no message, at a real server and at a real client. */
import { once } from "node:events";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import { createClient } from "@concordat/client";
import { messagePortTransport } from "@concordat/core/transport";
import { createServer, type Server } from "@concordat/server/portable";
import { ScriptedPeer } from "@concordat/testing";
import { afterEach, expect, test } from "vitest";
import { scripted } from "./scripted-contract.ts";
import { scriptedService } from "./scripted-service.ts";

const strangers: readonly (readonly [what: string, data: unknown])[] = [
  ["an object", { concordat: "hello" }],
  ["a list", ["hello"]],
  ["nothing", undefined],
  ["shared memory", new Uint8Array(new SharedArrayBuffer(8))],
  ["a close with a code that is none", ["close", 7, ""]],
];

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close({ withinMs: 1 })));
});

/** A server behind a bare port, and what it posts, one by one. */
function served(): { readonly port: MessagePort; readonly next: () => Promise<unknown> } {
  const server = createServer({ services: [scriptedService()], log: () => undefined });
  servers.push(server);
  const { port1, port2 } = new MessageChannel();
  server.accept(messagePortTransport(port2));
  const posted: unknown[] = [];
  port1.on("message", (message) => posted.push(message));
  return {
    port: port1,
    async next() {
      if (posted.length === 0) await once(port1, "message");
      return posted.shift();
    },
  };
}

function post(port: MessagePort, data: unknown): void {
  // oxlint-disable-next-line require-post-message-target-origin -- a port is no window
  port.postMessage(data);
}

test.each(strangers)("%s instead of a hello is refused with 4400", async (_what, data) => {
  const { port, next } = served();
  post(port, data);

  expect(JSON.parse(String(await next()))).toMatchObject({ concordat: "reject", code: 4400 });
  expect(await next()).toEqual(["close", 4400, "bad-handshake"]);
});

test.each(strangers)("%s behind the hello closes with 4522", async (_what, data) => {
  const { port, next } = served();
  const { name, offers } = scripted;
  const contracts = [{ name, offers }];
  post(port, JSON.stringify({ concordat: "hello", wire: [1], encodings: ["msgpack"], contracts }));
  expect(JSON.parse(String(await next()))).toMatchObject({ concordat: "welcome" });
  post(port, data);

  expect(await next()).toEqual(["close", 4522, "protocol-violation"]);
});

test.each([
  ["before the welcome closes with 4802", false, 4802],
  ["behind the welcome closes with 4803", true, 4803],
])("a server that posts an object %s", async (_when, isWelcomed, code) => {
  const { port1, port2 } = new MessageChannel();
  const { port1: bare, port2: wrapped } = new MessageChannel();
  const peer = new ScriptedPeer(messagePortTransport(wrapped));
  // The bare port carries what the peer says, and what it could not say.
  bare.on("message", (message) => post(port2, message));
  port2.on("message", (message) => post(bare, message));
  const client = createClient({
    connect: () => messagePortTransport(port1),
    contracts: { scripted },
    backoff: { firstMs: 60_000, capMs: 60_000 },
  });
  client.connect().catch(() => undefined);
  while (peer.texts.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  if (isWelcomed) {
    peer.welcome();
    while (client.state !== "ready") await new Promise((resolve) => setTimeout(resolve, 1));
  }
  post(port2, { concordat: "welcome" });
  while (peer.end === undefined) await new Promise((resolve) => setTimeout(resolve, 1));

  expect(peer.end.code).toBe(code);
  await client.close();
  bare.close();
});
