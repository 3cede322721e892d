/** The client in a real browser: its WebSocket, its events, its idea of a port where nobody listens. */
import { settle } from "@concordat/testing";
import { expect, test } from "vitest";
import { createClient } from "../src/index.ts";
import { findWebSocket } from "../src/socket/browser-socket.ts";
import { order, shop } from "./fixture/shop.ts";
import { ignore, outcomeOf, stage } from "./fixture/stage.ts";

test("the browser's own WebSocket is found", () => {
  expect(findWebSocket(undefined)).toBe(globalThis.WebSocket);
});

test("a port where nobody listens is unavailable, and the client waits for its next attempt", async () => {
  const client = createClient({
    url: "ws://127.0.0.1:9/",
    contracts: { shop },
    whenDisconnected: "fail",
  });

  await expect(client.shop.place(order)).rejects.toMatchObject({
    code: "unavailable",
    origin: "network",
  });
  expect(client.state).toBe("waiting");
  await client.close();
});

test("an address that the browser refuses stops the client with the browser's own reason", async () => {
  const client = createClient({ url: "mailto:shop@example.org", contracts: { shop } });

  await expect(client.shop.place(order)).rejects.toMatchObject({ code: "invalid_argument" });
  expect(client.state).toBe("refused");
  await client.close();
});

test("calls and streams run, and a page that is kept closes its socket with 4801", async () => {
  const { client, accept, welcome, clock } = stage();
  const answer = client.shop.place(order);
  const peer = await accept();
  peer.welcome();
  peer.respond(1, { id: "o-1" });
  expect(await outcomeOf(answer)).toEqual({ id: "o-1" });
  globalThis.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
  await settle();
  expect(peer.end).toMatchObject({ code: 4801 });

  const items: number[] = [];
  const watched = (async () => {
    for await (const item of client.shop.watch({ customer: "c-9" })) items.push(item);
  })();
  watched.catch(ignore);
  globalThis.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  await clock.advance(0);
  const next = await welcome();
  next.items(1, 1, 2);
  next.endStream(1);
  await watched;
  expect(items).toEqual([1, 2]);
});

test.each([new Event("online"), new PageTransitionEvent("pageshow", { persisted: true })])(
  "a page that hears of a change asks at once whether its server is there",
  async (event) => {
    const { client, welcome, clock } = stage();
    client.connect().catch(ignore);
    const peer = await welcome();
    await clock.advance(10_000);
    globalThis.dispatchEvent(event);
    await settle();
    expect(peer.heard("ping")).toHaveLength(1);
    await clock.advance(12_500);

    expect(peer.end).toMatchObject({ code: 4800 });
  },
);
