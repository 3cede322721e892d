/** What a bundle for browsers puts in place of the part that knows `ws`. */
import {
  FakeClock,
  memoryTransports,
  MemoryWebSocket,
  ScriptedPeer,
  settle,
} from "@concordat/testing";
import { expect, test } from "vitest";
import { createClient } from "../../src/index.ts";
import * as browser from "../../src/socket/browser-socket.ts";
import * as node from "../../src/socket/node-socket.ts";
import { order, shop } from "../fixture/shop.ts";

test("a page lacks nothing that is asked of a socket elsewhere", () => {
  expect(Object.keys(node)).toEqual(expect.arrayContaining(Object.keys(browser)));
});

test("a page's socket carries text as text and bytes as bytes, and its end is told once, at once", async () => {
  const socket = new MemoryWebSocket();
  const [near, far] = memoryTransports();
  const [heard, arrived]: [unknown[], unknown[]] = [[], []];
  far.listen({ message: (message) => arrived.push(message), closed: () => undefined });
  const transport = browser.dialledTransport(socket);
  transport.listen({
    message: (message) => heard.push(message),
    closed: (code, reason) => heard.push({ code, reason }),
  });
  socket.binaryType = "arraybuffer";
  socket.open(near);
  far.send("text");
  far.send(Uint8Array.of(1, 2));
  transport.send(Uint8Array.of(3));
  await settle();
  transport.close(4801, "suspended");
  transport.close(1000, "");
  transport.send("late");
  far.send("late");
  await settle();

  expect(heard).toEqual(["text", Uint8Array.of(1, 2), { code: 4801, reason: "suspended" }]);
  expect(arrived).toEqual([Uint8Array.of(3)]);
});

test("a page's socket is let go of at once when it is closed, though its peer never answers", () => {
  const closes: unknown[] = [];
  const socket = Object.assign(new MemoryWebSocket(), {
    close: (...args: unknown[]) => closes.push(args),
  });
  const heard: unknown[] = [];
  const transport = browser.dialledTransport(socket);
  transport.listen({
    message: (message) => heard.push(message),
    closed: (code, reason) => heard.push({ code, reason }),
  });
  transport.close(4801, "suspended");

  expect(closes).toEqual([[4801, "suspended"]]);
  expect(heard).toEqual([{ code: 4801, reason: "suspended" }]);
  expect(socket.listening).toBe(0);
});

test("a close by the peer of a page's socket is told with its code and reason", async () => {
  const socket = new MemoryWebSocket();
  const [near, far] = memoryTransports();
  const heard: unknown[] = [];
  const transport = browser.dialledTransport(socket);
  transport.listen({
    message: (message) => heard.push(message),
    closed: (code, reason) => heard.push({ code, reason }),
  });
  socket.open(near);
  far.close(4426, "client-too-old");
  await settle();

  expect(heard).toEqual([{ code: 4426, reason: "client-too-old" }]);
  expect(socket.listening).toBe(0);
});

test("calls leave by a socket that does not tell what waits in it, as those of Workers", async () => {
  const socket = new MemoryWebSocket();
  Reflect.deleteProperty(socket, "bufferedAmount");
  expect(browser.dialledTransport(socket).bufferedBytes).toBe(0);
  const [near, far] = memoryTransports();
  socket.binaryType = "arraybuffer";
  socket.open(near);
  const peer = new ScriptedPeer(far, [shop]);
  const clock = new FakeClock();
  const client = createClient({
    connect: () => browser.dialledTransport(socket),
    contracts: { shop },
    clock,
  });
  const answer = client.shop.place(order);
  await settle();
  peer.welcome();
  await settle();
  expect(peer.heard("request")).toHaveLength(1);
  peer.respond(1, { id: "o-1" });

  expect(await answer).toEqual({ id: "o-1" });
  await client.close();
  expect(clock.waiting).toBe(0);
});

test("a page's socket that nobody waits for any more is closed while it opens", () => {
  const socket = new MemoryWebSocket();
  browser.abandonSocket(socket);

  expect(socket.readyState).toBeGreaterThanOrEqual(2);
});
