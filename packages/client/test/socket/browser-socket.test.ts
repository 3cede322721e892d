/** What a bundle for browsers puts in place of the part that knows `ws`. */
import { memoryTransports, MemoryWebSocket, settle } from "@concordat/testing";
import { expect, test } from "vitest";
import * as browser from "../../src/socket/browser-socket.ts";
import * as node from "../../src/socket/node-socket.ts";

test("a page lacks nothing that is asked of a socket elsewhere", () => {
  expect(Object.keys(node)).toEqual(expect.arrayContaining(Object.keys(browser)));
});

test("a page's socket carries messages, and is closed while it still opens where nobody waits any more", async () => {
  const socket = new MemoryWebSocket();
  const [near, far] = memoryTransports();
  const heard: unknown[] = [];
  browser.dialledTransport(socket).listen({
    message: (message) => heard.push(message),
    closed: () => undefined,
  });
  socket.open(near);
  far.send("text");
  await settle();
  const waiting = new MemoryWebSocket();
  browser.abandonSocket(waiting);

  expect(heard).toEqual(["text"]);
  expect(waiting.readyState).toBeGreaterThanOrEqual(2);
});
