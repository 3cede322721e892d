/** A client that goes on as somebody else: what becomes of the calls of the one who was there before. */
import { defineContract, unary } from "@concordat/core";
import { createServer, implement } from "@concordat/server";
import { FakeClock, memoryWebSocket, settle } from "@concordat/testing";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { createClient } from "../../src/index.ts";

const inbox = defineContract("inbox", {
  read: unary({ request: Type.Null(), response: Type.String(), idempotent: true }),
  send: unary({ request: Type.Null(), response: Type.String() }),
});

/** What a call ends with: its answer or its error. */
function ended(call: Promise<string>): Promise<unknown> {
  return call.catch((error: unknown) => error);
}

/** A client of alice, and a server whose answers say who was served; those of the first calls wait. */
function scene() {
  const clock = new FakeClock();
  let caller = "alice";
  const served: unknown[] = [];
  const serve = async (_: null, { peer }: { readonly peer: { readonly principal: unknown } }) => {
    served.push(peer.principal);
    if (peer.principal === "alice") await new Promise(() => undefined);
    return `as ${String(peer.principal)}`;
  };
  const server = createServer({
    clock,
    log: () => undefined,
    authenticate: ({ credentials }) => credentials,
    services: [implement(inbox, { handlers: { read: serve, send: serve } })],
  });
  const client = createClient({
    url: "ws://inbox.example/rpc",
    contracts: { inbox },
    clock,
    random: () => 0.5,
    credentials: () => caller,
    WebSocket: memoryWebSocket((upgrade) => server.accept(upgrade.accept())),
  });
  return {
    clock,
    client,
    served,
    change: () => void (caller = "bob"),
    close: async (): Promise<void> => {
      await client.close();
      const closed = server.close({ withinMs: 1 });
      await clock.advance(1);
      await closed;
    },
  };
}

test("a call that may be made again is made as the new caller, and any other one fails", async () => {
  const { client, clock, served, change, close } = scene();
  const calls = [client.inbox.read(null), client.inbox.send(null)].map(ended);
  await settle();
  change();
  client.credentialsChanged();
  const early = ended(client.inbox.send(null)); // nobody knows yet who that is
  await clock.advance(1_000);

  expect(await calls[0]).toBe("as bob");
  expect(await calls[1]).toMatchObject({ code: "unavailable" });
  expect(await early).toMatchObject({ code: "unavailable" });
  expect(served).toEqual(["alice", "alice", "alice", "bob"]);
  await close();
});

test("where it is closed in between nothing of the one before goes on", async () => {
  const { client, clock, change, close } = scene();
  const calls = [client.inbox.read(null), client.inbox.send(null)].map(ended);
  await settle();
  change();
  await client.close();
  const connected = client.connect();
  await clock.advance(1_000);
  await connected;

  for (const call of calls) expect(await call).toMatchObject({ code: "cancelled" });
  expect(await client.inbox.send(null)).toBe("as bob");
  await close();
});
