/** A port of the server's own: who asks for nothing is not waited for, who could not be heard is. */
import { FakeClock } from "@concordat/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { createServer, implement, type Server } from "../../src/index.ts";
import { RawClient } from "../fixture/raw-client.ts";
import { shop, shopHandlers } from "../fixture/shop.ts";

let clock: FakeClock;
let server: Server;
let client: RawClient;

beforeEach(async () => {
  clock = new FakeClock();
  const services = [implement(shop, { handlers: shopHandlers() })];
  server = createServer({ services, clock, log: () => undefined });
  const port = await server.listen(0, { host: "127.0.0.1", metrics: "/metrics" });
  client = await RawClient.connect(port);
  await vi.waitUntil(() => clock.waiting === 1, { timeout: 60_000 }); // it was accepted
});

afterEach(async () => {
  client.socket.destroy();
  await server.close({ withinMs: 0 });
});

test("a request that is not complete within the limit is answered with 408", async () => {
  client.write("GET / HTTP/1.1\r\nHost: x\r\n");
  await clock.advance(4_999);
  expect(clock.waiting).toBe(1);
  await clock.advance(1);

  expect((await client.answer()).status).toBe(408);
  expect(clock.waiting).toBe(0);
});

test("a request that waited unread while the server did not run is answered well", async () => {
  await clock.sleep(60_000);
  client.upgrade();

  expect((await client.answer()).status).toBe(101);
});

test("a connection that is gone is forgotten", async () => {
  client.reset();

  await expect.poll(() => clock.waiting, { timeout: 60_000 }).toBe(0);
});

test("a connection may ask for one thing: it is closed behind the answer, and nobody waits for another request", async () => {
  client.write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\nGET /metrics HTTP/1.1\r\n");
  const { status, headers } = await client.answer();
  expect(status).toBe(200);
  expect(headers.get("connection")).toBe("close");

  await client.gone;
});
