/** What a bundle for browsers puts in place of the part that knows `ws`. */
import { memoryTransports, MemoryWebSocket, settle } from "@concordat/testing";
import { expect, test } from "vitest";
import * as browser from "../../src/socket/browser-socket.ts";
import * as node from "../../src/socket/node-socket.ts";

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

test("a page's socket that nobody waits for any more is closed while it opens", () => {
  const socket = new MemoryWebSocket();
  browser.abandonSocket(socket);

  expect(socket.readyState).toBeGreaterThanOrEqual(2);
});
