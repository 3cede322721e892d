/** New clients, and servers that have never heard of what is new. */
import type { NotificationSource, Schema } from "@concordat/core";
import { expect, test } from "vitest";
import { clientOf } from "./emitted.ts";
import { clientTo, serverOf } from "./in-program.ts";
import { releaseOf } from "./release.ts";

interface Changing {
  readonly orders: { readonly changed: NotificationSource<unknown> };
}

interface Notifying {
  readonly changed: (message: unknown) => number;
}

const text = { type: "string" } as const;

function object(properties: { readonly [name: string]: Schema }, ...required: string[]): Schema {
  return { type: "object", properties, required };
}

/** A stream of what is there. */
async function* each(...items: readonly unknown[]): AsyncGenerator {
  yield* items;
}

const before = releaseOf({
  procedures: {
    place: {
      idempotent: true,
      request: object({ sku: text }, "sku"),
      response: object({ id: text }, "id"),
    },
    refund: { request: object({ id: text, reason: text }, "id", "reason") },
    add: { kind: "clientStream", request: object({ sku: text }, "sku"), response: text },
    watch: {
      kind: "serverStream",
      request: object({ id: text }, "id"),
      response: object({ at: text }, "at"),
    },
    seen: { kind: "clientNotification", request: object({ id: text }, "id"), response: false },
    changed: { kind: "serverNotification", request: false, response: object({ id: text }, "id") },
  },
});
const after = releaseOf({
  release: "1.1.0",
  previous: before,
  procedures: {
    place: {
      idempotent: true,
      request: object({ sku: text, a: text, zip: text }, "sku"),
      response: object({ etag: text, id: text }, "id"),
    },
    refund: { request: object({ id: text, reason: text }, "id") },
    add: { kind: "clientStream", request: object({ a: text, sku: text }, "sku"), response: text },
    watch: {
      kind: "serverStream",
      request: object({ a: text, id: text }, "id"),
      response: object({ a: text, at: text }, "at"),
    },
    seen: {
      kind: "clientNotification",
      request: object({ a: text, id: text }, "id"),
      response: false,
    },
    changed: {
      kind: "serverNotification",
      request: false,
      response: object({ a: text, id: text }, "id"),
    },
  },
});

test("a new client leaves out what an old server does not know, and lives without what it does not say", async () => {
  const requests: unknown[] = [];
  const contract = await clientOf([before, after]);
  const server = serverOf([before], {
    place: (request) => {
      requests.push(request);
      return { id: "o-1" };
    },
  });
  const { orders } = clientTo(contract, server);

  expect(await orders["place"]?.({ a: "?", sku: "tea", zip: "12345" })).toEqual({ id: "o-1" });
  expect(requests).toEqual([{ sku: "tea" }]);
});

test("what an old server would refuse is refused before it is sent, with the release that takes it", async () => {
  const contract = await clientOf([before, after]);
  const { orders, client } = clientTo(contract, serverOf([before], {}));
  await client.connect();

  await expect(orders["refund"]?.({ id: "o-1" })).rejects.toMatchObject({
    code: "unimplemented",
    origin: "local",
    message: expect.stringContaining("needs a server with orders 1.1.0") as unknown,
  });
});

test("items of both directions travel in the form of the old server", async () => {
  const contract = await clientOf([before, after]);
  const heard: unknown[] = [];
  const server = serverOf([before], {
    async add(items) {
      for await (const item of items as AsyncIterable<unknown>) heard.push(item); // a stream of requests
      return "added";
    },
    watch: () => each({ at: "sea" }, { at: "home" }),
  });
  const { orders } = clientTo(contract, server);
  const items: unknown[] = [];

  expect(await orders["add"]?.(each({ a: "?", sku: "tea" }, { sku: "rum" }))).toBe("added");
  // It streams responses, so it gives an iterable.
  const watched = orders["watch"]?.({ a: "?", id: "o-1" }) as unknown as AsyncIterable<unknown>;
  for await (const item of watched) items.push(item);

  expect(heard).toEqual([{ sku: "tea" }, { sku: "rum" }]);
  expect(items).toEqual([{ at: "sea" }, { at: "home" }]);
});

test("notifications of both sides travel in the form of the old server", async () => {
  const contract = await clientOf([before, after]);
  const seen: unknown[] = [];
  const server = serverOf([before], { seen: (message) => seen.push(message) });
  const { orders, client } = clientTo(contract, server);
  const changed = client as unknown as Changing; // what the contract makes of it
  const told = new Promise((resolve) => changed.orders.changed.on(resolve));

  await orders["seen"]?.({ a: "?", id: "o-1" });
  const tellAll = server.notify<Notifying>({ name: "orders" });
  tellAll.changed({ id: "o-2" });

  expect(await told).toEqual({ id: "o-2" });
  await expect.poll(() => seen).toEqual([{ id: "o-1" }]);
});

test("a call that is made again is written anew in the form of whoever takes it then", async () => {
  const contract = await clientOf([before, after]);
  const requests: unknown[] = [];
  const newer = serverOf([before, after], {
    place: (request) => {
      requests.push(request);
      cut();
      return new Promise(() => undefined);
    },
  });
  const older = serverOf([before], {
    place: (request) => {
      requests.push(request);
      return { id: "o-1" };
    },
  });
  const { orders, cut } = clientTo(contract, newer, older);

  expect(await orders["place"]?.({ a: "?", sku: "tea" })).toEqual({ id: "o-1" });
  expect(requests).toEqual([{ a: "?", sku: "tea" }, { sku: "tea" }]);
});

test("after a roll forward the same client speaks the newest form again", async () => {
  const contract = await clientOf([before, after]);
  const order = { id: "o-1", etag: "x" };
  const { orders, client, cut } = clientTo(
    contract,
    serverOf([before], { place: () => order }),
    serverOf([before, after], { place: () => order }),
  );

  expect(await orders["place"]?.({ sku: "tea" })).toEqual({ id: "o-1" });
  cut();
  await new Promise((resolve) => client.on("state", (state) => state === "waiting" && resolve("")));
  expect(await orders["place"]?.({ sku: "tea" })).toEqual({ id: "o-1", etag: "x" });
});
